package io.tokensync.scanner.batch;

import io.tokensync.scanner.diff.RowHash;
import io.tokensync.scanner.diff.StatusFilter;

/**
 * Who scans, in which scan cycle, and what is taken of each database.
 *
 * @param sourceIp the machine
 * @param sessionId the scan cycle (UUID)
 * @param essentialOnly whether rows are published without their content, and nobody is to ask for it
 * @param statuses which rows are taken up
 */
public record ScanSession(String sourceIp, String sessionId, boolean essentialOnly, StatusFilter statuses) {
    private static final String ESSENTIAL = " essential";
    private static final String FROM = " from ";

    /**
     * The stamp of a reading as it is remembered: with all that decides what is published of the same file, so that the
     * file is read again when that changes.
     */
    public String remembered(String stamp, DatabaseContext origin) {
        return stamp + from(origin) + taken() + (essentialOnly ? ESSENTIAL : "");
    }

    /**
     * As {@link #believed}, where also what lasts of the rows' origin is what it was then; else null, because each row would be
     * published anew.
     */
    public String believed(String remembered, DatabaseContext origin) {
        String stamp = believed(remembered);
        return stamp != null && remembered.startsWith(stamp + from(origin)) ? stamp : null;
    }

    /**
     * What a remembered stamp says of the file; null when the database must be read in this scan cycle, because not all that is
     * wanted now was taken then.
     */
    public String believed(String remembered) {
        if (remembered == null) {
            return null;
        }
        String taken = remembered.endsWith(taken()) || !essentialOnly ? taken() : taken() + ESSENTIAL;
        int end = remembered.endsWith(taken) ? remembered.lastIndexOf(FROM) : -1;
        return end < 0 ? null : remembered.substring(0, end);
    }

    private String from(DatabaseContext origin) {
        return FROM + hash(origin);
    }

    private String taken() {
        return " reading " + RowHash.READING + (statuses.isAll()
                ? ""
                : " statuses " + statuses.text());
    }

    /** The hash over the rows of a database, with everything that a record says of its origin and that lasts. */
    public RowHash hash(DatabaseContext origin) {
        return new RowHash(sourceIp, origin.nodeName(), origin.dbPath(), origin.ipfsPath());
    }
}

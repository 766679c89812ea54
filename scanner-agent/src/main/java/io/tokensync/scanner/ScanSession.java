package io.tokensync.scanner;

import io.tokensync.scanner.diff.RowHash;

/**
 * Who scans, and in which pass.
 *
 * @param sourceIp the machine
 * @param sessionId the pass (UUID)
 * @param essentialOnly whether rows are published without their content, and nobody is to ask for it
 */
record ScanSession(String sourceIp, String sessionId, boolean essentialOnly) {
    private static final String ESSENTIAL = " essential";

    /** The stamp of a reading as it is remembered: marked when the content was left out. */
    String remembered(String stamp) {
        return essentialOnly ? stamp + ESSENTIAL : stamp;
    }

    /** What a remembered stamp says in this pass; null when the database must be read because content was left out. */
    String believed(String remembered) {
        if (remembered == null || !remembered.endsWith(ESSENTIAL)) {
            return remembered;
        }
        return essentialOnly ? remembered.substring(0, remembered.length() - ESSENTIAL.length()) : null;
    }

    /** The hash over the rows of a database, with everything that a record says of its origin and that lasts. */
    RowHash hash(Origin origin) {
        return new RowHash(sourceIp, origin.nodeName(), origin.dbPath(), origin.ipfsPath());
    }
}

package io.tokensync.scanner.source.postgres;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;

import io.tokensync.scanner.source.Stamp;

/**
 * What tells, without reading a table, whether a node's database has changed. Every transaction that writes takes an id:
 * while the server has handed none out, and none was under way, nothing can have changed. Where other databases or tables of
 * the server are written, the counters of rows inserted, updated and deleted decide; the server adds a transaction's to
 * them some seconds after its end, so that a change may show late, but never not at all.
 *
 * @param server what changes when the server starts anew, is restored, another one takes over, its counters are
 *        reset, or the agent may read transactions that it might not before
 * @param database number of the database in the server
 * @param oldest lowest id of a transaction that was under way; those below it are over
 * @param next id of the next transaction that writes
 * @param tables number, file and counters of each token table, in one text
 * @param at the server's time
 */
record PostgresStamp(String server, String database, BigInteger oldest, BigInteger next, String tables, Instant at)
        implements
            Stamp {
    /** What the text of a stamp begins with, and so nothing that was remembered of a file. */
    private static final String PREFIX = "postgres";
    private static final String COUNTERS = "[:]\\d+";
    private static final int PARTS = 6;
    private static final int SERVER = 1;
    private static final int DATABASE = 2;
    private static final int OLDEST = 3;
    private static final int NEXT = 4;
    private static final int TABLES = 5;
    /** Half of what the ids in rows, which have 32 bits, tell apart. */
    private static final BigInteger COMPARABLE = BigInteger.ONE.shiftLeft(30);

    @Override
    public String rememberedAt(Instant now) {
        return String.join(" ", PREFIX, server, database, oldest.toString(), next.toString(), tables);
    }

    /** When it was seen to have changed: PostgreSQL does not tell when it has. */
    @Override
    public Instant lastModified() {
        return at;
    }

    @Override
    public boolean isOfSameDatabase(Stamp other) {
        return other instanceof PostgresStamp that && database.equals(that.database);
    }

    /** Whether the database is as it was when this was remembered of it. */
    boolean isUnchanged(String remembered) {
        Optional<PostgresStamp> before = parse(remembered);
        return before.filter(then -> server.equals(then.server) && database.equals(then.database)
                && (isStill(then) || tables.equals(then.tables))).isPresent();
    }

    private boolean isStill(PostgresStamp then) {
        return next.equals(then.next) && then.oldest.equals(then.next);
    }

    /**
     * The id of the transaction below which rows were written before the last reading, and are as they were in their
     * places; empty when that cannot be told, and every row must be read.
     */
    Optional<BigInteger> readBefore(String remembered) {
        return parse(remembered).filter(then -> server.equals(then.server) && database.equals(then.database)
                && files(tables).equals(files(then.tables)) && next.compareTo(then.next) >= 0
                && next.subtract(then.oldest).compareTo(COMPARABLE) < 0).map(PostgresStamp::oldest);
    }

    /** Numbers and files of the tables, without the counters. */
    private static String files(String tables) {
        return tables.replaceAll(COUNTERS, "");
    }

    private static Optional<PostgresStamp> parse(String remembered) {
        String[] parts = remembered == null ? new String[0] : remembered.split(" ", -1);
        return parts.length == PARTS && parts[0].equals(PREFIX)
                ? Optional.of(new PostgresStamp(parts[SERVER], parts[DATABASE], new BigInteger(parts[OLDEST]),
                        new BigInteger(parts[NEXT]), parts[TABLES], Instant.EPOCH))
                : Optional.empty();
    }
}

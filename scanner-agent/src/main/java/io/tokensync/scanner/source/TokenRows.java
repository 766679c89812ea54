package io.tokensync.scanner.source;

import java.util.Collection;
import java.util.List;
import java.util.Set;

import io.tokensync.scanner.report.Problem;

/**
 * The token rows of one node's database in one table scan, table by table, each in the order of places. A row that stays in
 * its place from the beginning to the end of the scan is met exactly once, whatever the node changes meanwhile. One thread.
 */
public interface TokenRows extends AutoCloseable {
    /** What the operator should know of a database that can be read. */
    List<Problem> remarks();

    /** The tables whose rows it meets. */
    Set<TokenTable> tables();

    /** Tables that are there and cannot be read: they say nothing about their rows. */
    Set<TokenTable> leftOut();

    /** The next row of the table scan; null at its end. */
    RawRow next() throws DatabaseProblemException, InterruptedException;

    /**
     * Ids that several rows have, where no index tells: all are sorted, so that it is empty when every table has one, and
     * {@link RawRow} tells then.
     */
    Set<String> repeatedIds() throws DatabaseProblemException, InterruptedException;

    /** The rows with these ids, wherever they are now, each id's in the order of the table scan. */
    List<RawRow> find(Collection<String> ids) throws DatabaseProblemException, InterruptedException;

    /** What is in the place of a row that was met unread; null when nothing is there any more. */
    RawRow read(RawRow unread) throws DatabaseProblemException, InterruptedException;

    @Override
    void close();
}

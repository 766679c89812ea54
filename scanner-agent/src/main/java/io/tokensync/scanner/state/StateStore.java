package io.tokensync.scanner.state;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import io.tokensync.scanner.report.Problem;

/**
 * The agent's state. One thread at a time. Every method may throw {@link CorruptStateException} (start over without it)
 * or {@link StateUnavailableException} (try again later); those that read rows of a database throw
 * {@link DamagedRowsException} when no more than these are damaged ({@link #repair} them).
 */
public interface StateStore extends AutoCloseable {

    /** The identity that all rows were published under; empty before the first scan cycle. */
    Optional<String> sourceIp();

    /** Sets the identity. Another one than before forgets every row: all are new under it. */
    void setSourceIp(String sourceIp);

    /** Everything up to this record version may have been handed out; 0 in the beginning. */
    long versionCeiling();

    /** Reserves record versions up to this one, or gives back those above it; on disk before it returns. */
    void reserveVersions(long ceiling);

    /** The database of this node, made when it is new. */
    TrackedDatabase database(String nodeName, String path);

    /** All databases ever seen. */
    List<TrackedDatabase> databases();

    /** Forgets a database and everything of it. */
    void forget(long database);

    /**
     * Quarantines what is damaged of a database's rows and makes all others dirty, so that the next table scan, which comes
     * even if the database does not change, publishes or deletes each. What nobody knows any more are the rows that were
     * damaged: those of them that are gone from the node are never deleted.
     */
    Damage repair(long database);

    /** How many published rows of a database there are. */
    long rowCount(long database);

    /** Rows behind this one in the order of keys, at most that many. */
    List<PublishedRow> rowsAfter(long database, PublishedKey key, int limit);

    /** The hash that a rejected row was told under. */
    OptionalLong rejectedHash(long database, int table, long rowid);

    /**
     * Starts a table scan: nothing is missing, and no rejected row has been met. What was intended and never acknowledged (the
     * process ended in between) counts as published in an unknown shape, so that it is published or deleted now.
     */
    void beginScan(long database);

    /** Makes several calls in one transaction, so that they are synced to the disk once. */
    void together(Runnable calls);

    /**
     * Remembers rows that are going to be published, and says whose deletion is; on disk before it returns. Without it, a
     * row that is published, not remembered because the process ends, and then back in its old shape or gone, would look as
     * if nothing had happened.
     *
     * @param published under versions above all that the database has
     * @return the number of the intent, for {@link #apply}
     */
    long intend(long database, List<PublishedRow> published, List<PublishedKey> deleted);

    /** Says that an intent is acknowledged, and what is now to be remembered besides, in one transaction. */
    void apply(long database, long intent, StateChanges changes);

    /** Notes rows that the scan did not meet where they were. Forgotten with the process. */
    void addMissing(List<PublishedKey> missing);

    /** Notes ids that the table scan has published in a place where they were not. Forgotten with the process. */
    void addArrived(List<String> tokenIds);

    /** Rows noted behind this one, in the order of keys, at most that many. */
    List<MissingRow> missingAfter(PublishedKey key, int limit);

    /**
     * Says that the deletion of these rows is going to be published. Their ids may be known in other places too, when a
     * process ended or a node wrote in the wrong moment; what was published from there counts as unknown from now on, so
     * that it is published again if it is there; the database is then read again even if it does not change. Reads all
     * rows.
     */
    void doubtOtherPlaces(long database, Collection<PublishedKey> deleted);

    /** Forgets rows of which the state has the new place: neither published there nor noted any more. */
    void forgetMoved(long database, List<PublishedKey> moved);

    /**
     * Ends a table scan that came to the end of the database: forgets rejected rows that were not met.
     *
     * @param end what is to be remembered of it
     */
    void endScan(long database, ScanCheckpoint end);

    /** Sets what a database that was read is to be compared with next time, and nothing else. */
    void remember(long database, String stamp);

    /** Sets what stands in the way, for whoever asks; writes nothing when it is what it was. */
    void setProblems(List<Problem> problems);

    /** Whether anything asked of it has failed: it is then to be closed, and to be opened anew for the next scan. */
    boolean hasFailed();

    @Override
    void close();
}

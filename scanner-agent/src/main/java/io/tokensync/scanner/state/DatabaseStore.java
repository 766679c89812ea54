package io.tokensync.scanner.state;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the state has of one database. Methods that read its rows throw {@link DamagedRowsException} when no more than these
 * are damaged ({@link #repair} them). Of all databases one is scanned at a time.
 */
public interface DatabaseStore {

    /** What was known of it when it was looked up. */
    TrackedDatabase tracked();

    /** Forgets the database and everything of it. */
    void forget();

    /**
     * Quarantines what is damaged of its rows and makes all others dirty, so that the next table scan, which comes even if
     * the database does not change, publishes or deletes each. What is not known any more are the rows that were damaged:
     * those of them that are gone from the node are found when it is verified, which is therefore due.
     */
    Damage repair();

    /** How many published rows there are. */
    long rowCount();

    /** Rows behind this one in the order of keys, at most that many. */
    List<PublishedRow> rowsAfter(PublishedKey key, int limit);

    /** The hash that a rejected row was told under. */
    OptionalLong rejectedHash(int table, long rowid);

    /**
     * Starts a table scan: nothing is missing, and no rejected row has been met. What was intended and never acknowledged (the
     * process ended in between) counts as published in an unknown shape, so that it is published or deleted now.
     */
    void beginScan();

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
    long intend(List<PublishedRow> published, List<PublishedKey> deleted);

    /** Says that an intent is acknowledged, and what is now to be remembered besides, in one transaction. */
    void apply(long intent, StateChanges changes);

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
    void doubtOtherPlaces(Collection<PublishedKey> deleted);

    /** Forgets rows of which the state has the new place: neither published there nor noted any more. */
    void forgetMoved(List<PublishedKey> moved);

    /**
     * Ends a table scan that came to the end of the database: forgets rejected rows that were not met.
     *
     * @param end what is to be remembered of it
     */
    void endScan(ScanCheckpoint end);

    /** Sets what a database that was read is to be compared with next time, and nothing else. */
    void remember(String stamp);

    /**
     * Takes up rows that were never published from here and that the table has: the next table scan misses or finds each as if
     * it had been published in an unknown shape. Before a table scan; done twice, it is the same.
     */
    void adopt(List<PublishedKey> rows);

    /** What the last verification was; empty when the state knows of none since it began or was repaired. */
    Optional<Verification> verification();

    /** Sets what the last verification was. */
    void remember(Verification verification);
}

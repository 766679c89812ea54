package io.tokensync.tds.jdbc;

/** The SET options of a session that change what it does. */
final class SessionOptions {
    /** What a procedure or dynamic batch finds and leaves behind: SET inside of it ends with it. */
    record Saved(boolean xactAbort, boolean noCount, boolean metadataOnly) {}

    Saved save() {
        return new Saved(xactAbort, noCount, metadataOnly);
    }

    void restore(Saved saved) {
        xactAbort = saved.xactAbort();
        noCount = saved.noCount();
        metadataOnly = saved.metadataOnly();
    }

    private boolean xactAbort;
    private boolean noCount;
    private boolean metadataOnly;
    private long rowCount;

    void xactAbort(boolean on) {
        xactAbort = on;
    }

    /** Whether an error rolls back the whole transaction. */
    boolean xactAbort() {
        return xactAbort;
    }

    void noCount(boolean on) {
        noCount = on;
    }

    /** Whether counts of changed rows are left out of answers. */
    boolean noCount() {
        return noCount;
    }

    void metadataOnly(boolean on) {
        metadataOnly = on;
    }

    /** SET FMTONLY: queries answer with their columns and without rows. */
    boolean metadataOnly() {
        return metadataOnly;
    }

    void lastCount(long count) {
        rowCount = count;
    }

    /** {@code @@ROWCOUNT}. */
    long lastCount() {
        return rowCount;
    }
}

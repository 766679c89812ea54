package io.tokensync.writer.batch;

import java.time.Duration;

/**
 * How many rows a transaction may have: as many as the database takes in about the time that was asked for. A transaction
 * that takes longer makes the next ones smaller at once, at most by half; one that was quick lets them grow, at most by
 * half as much again. Shared by the writers of one process, which have one database.
 */
public final class BatchSize {
    /** Whoever is quicker than this part of the time may have more. */
    private static final double QUICK = 0.5;
    private static final double GROWTH = 1.5;
    private static final double CUT = 0.5;

    private final Bounds bounds;
    private int rows;

    /**
     * What is configured.
     *
     * @param least rows however slow the database is
     * @param first rows until something has been measured
     * @param most rows however quick it is
     * @param time that a transaction may take
     */
    public record Bounds(int least, int first, int most, Duration time) {
        public Bounds {
            if (least < 1 || first < least || most < first) {
                throw new IllegalArgumentException("rows of a batch must be in order and at least 1: " + least + ", "
                        + first + ", " + most);
            }
            if (!time.isPositive()) {
                throw new IllegalArgumentException("the time of a batch must be positive, not " + time);
            }
        }

        /** The size after a transaction of so many rows has taken this time while so many were allowed. */
        int next(int allowed, int written, Duration took) {
            double share = Math.max(took.toNanos(), 1) / (double) time.toNanos();
            if (share > 1) {
                // What was slow may have been less than was allowed; then that is what must be less.
                return within(Math.min(allowed, written) * Math.max(CUT, 1 / share));
            }
            boolean full = written * 2 >= allowed;
            return full && share < QUICK ? within(allowed * Math.min(GROWTH, 1 / share)) : allowed;
        }

        /** The size after the database has rejected, or not ended, a transaction of so many rows. */
        int afterTooMuch(int allowed, int written) {
            return within(Math.min(allowed, written) * CUT);
        }

        private int within(double wanted) {
            return (int) Math.clamp(Math.floor(wanted), least, most);
        }
    }

    public BatchSize(Bounds bounds) {
        this.bounds = bounds;
        this.rows = bounds.first();
    }

    /** Rows that the next transaction may have. */
    public synchronized int rows() {
        return rows;
    }

    synchronized void took(int written, Duration time) {
        rows = bounds.next(rows, written, time);
    }

    synchronized void wasTooMuch(int written) {
        rows = bounds.afterTooMuch(rows, written);
    }

    /** The database asks for less. */
    synchronized void throttled() {
        rows = bounds.afterTooMuch(rows, rows);
    }
}

package io.tokensync.common.kafka.topics;

/** The topics between the stages. */
public final class Topics {
    /** Rows as the agents read them; key {@link io.tokensync.common.model.TokenKey#toRecordKey}. */
    public static final String SCANNED = "tokens.scanned";
    /** The same rows with verified content. */
    public static final String ENRICHED = "tokens.enriched";
    /** Rows and records that cannot be written, with the cause in the headers. */
    public static final String DEAD_LETTER = "tokens.dead-letter";
    /** What each stage did with each batch; key {@code source_ip}. */
    public static final String RECEIPTS = "sync.receipts";
    /** What the monitor makes of the receipts: the latest session summary of each session and database. */
    public static final String SESSIONS = "sync.sessions";
    /** What the agents say their nodes hold; key {@link io.tokensync.common.model.TokenKey#nodeKey}. */
    public static final String DIGESTS = "sync.digests";
    /** What the verifiers answer them; key {@code source_ip}. */
    public static final String REPAIRS = "sync.repairs";

    /**
     * Rows whose content is asked for again; the first part of the names of {@value #CONTENT_RETRY_STEPS} topics, one for
     * each step of the growing delay.
     */
    public static final String CONTENT_RETRY = "tokens.content-retry";
    /** How many topics of retries there are. */
    public static final int CONTENT_RETRY_STEPS = 5;

    private Topics() {}

    /**
     * The topic of one step.
     *
     * @param name first part, {@link #CONTENT_RETRY} unless configured otherwise
     * @param step from 1 to {@link #CONTENT_RETRY_STEPS}
     */
    public static String contentRetry(String name, int step) {
        return name + "-" + step;
    }
}

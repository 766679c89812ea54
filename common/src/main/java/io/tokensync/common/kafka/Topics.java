package io.tokensync.common.kafka;

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
    /** What the monitor makes of the receipts: the latest account of each session and database. */
    public static final String SESSIONS = "sync.sessions";

    private Topics() {}
}

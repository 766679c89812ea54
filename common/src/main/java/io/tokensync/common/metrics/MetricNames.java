package io.tokensync.common.metrics;

import java.util.List;

/**
 * Every metric of the stages. The session summaries must balance:
 *
 * <ul>
 * <li>scanner, per scan cycle: {@link #SCANNER_ROWS_READ} = {@link #SCANNER_ROWS_UNCHANGED} + {@link #SCANNER_ROWS_PUBLISHED} +
 * {@link #SCANNER_ROWS_REJECTED} + {@link #SCANNER_ROWS_LEFT_OUT}. Deletions are of rows that were not read, and have a
 * count of their own, {@link #SCANNER_ROWS_DELETED};
 * <li>enricher, per batch: {@link #ENRICHER_RECORDS_CONSUMED} = {@link #ENRICHER_RECORDS_PRODUCED} +
 * {@link #ENRICHER_RECORDS_DEAD_LETTERED}; without unreadable records consumed = produced;
 * <li>writer, per batch: {@link #WRITER_RECORDS_CONSUMED} = the sum of {@link #WRITER_RECORDS} over its outcomes:
 * inserted + updated + unchanged + stale + dead-lettered + superseded.
 * </ul>
 *
 * A batch counts once, when it is committed; what is done again after a crash counts again in the new process.
 */
public enum MetricNames {
    /** Rows read from node databases. */
    SCANNER_ROWS_READ("tokensync.scanner.rows.read", Kind.COUNTER, "rows", "Rows read from node databases"),
    /** Rows equal to the checkpoint. */
    SCANNER_ROWS_UNCHANGED("tokensync.scanner.rows.unchanged", Kind.COUNTER, "rows",
            "Rows that are as they were at the last scan cycle"),
    /** Rows outside of scanner.statuses. */
    SCANNER_ROWS_LEFT_OUT("tokensync.scanner.rows.left_out", Kind.COUNTER, "rows",
            "Rows never published, with a status that is not wanted"),
    /** New and changed rows handed to the producer. */
    SCANNER_ROWS_PUBLISHED("tokensync.scanner.rows.published", Kind.COUNTER, "rows", "New and changed rows published"),
    /** Rows without identity or too long for the table. */
    SCANNER_ROWS_REJECTED("tokensync.scanner.rows.rejected", Kind.COUNTER, "rows",
            "Rows rejected and put to the dead-letter topic", "reason"),
    /** Rows that vanished. */
    SCANNER_ROWS_DELETED("tokensync.scanner.rows.deleted", Kind.COUNTER, "rows", "Rows gone from their node database"),
    /** Records the broker has acknowledged, dead letters included. */
    SCANNER_RECORDS_ACKNOWLEDGED("tokensync.scanner.records.acknowledged", Kind.COUNTER, "records",
            "Records acknowledged by the broker"),
    /** Grows while the broker does not answer. */
    SCANNER_ACKNOWLEDGEMENT_AGE("tokensync.scanner.acknowledgement.age", Kind.GAUGE, "seconds",
            "Time since the broker last acknowledged a record"),
    /** Node databases by what the last scan cycle made of them. */
    SCANNER_DATABASES("tokensync.scanner.databases", Kind.GAUGE, "databases",
            "Node databases, by outcome of the last scan cycle", "outcome"),
    /** Times SQLite said BUSY or LOCKED. */
    SCANNER_SQLITE_BUSY("tokensync.scanner.sqlite.busy", Kind.COUNTER, "times", "Times a node database was locked"),
    /** A database, a repository or a directory that made no progress for {@code scanner.database-timeout}. */
    SCANNER_HANGS("tokensync.scanner.hangs", Kind.COUNTER, "times",
            "Times a node's files did not answer and were left behind"),
    /** Those that still do; each keeps a thread. */
    SCANNER_HANGING("tokensync.scanner.hanging", Kind.GAUGE, "places",
            "Node databases, repositories and directories that do not answer now"),

    /** Records taken from {@code tokens.scanned}. */
    ENRICHER_RECORDS_CONSUMED("tokensync.enricher.records.consumed", Kind.COUNTER, "records", "Records consumed"),
    /** Records passed on to {@code tokens.enriched}. */
    ENRICHER_RECORDS_PRODUCED("tokensync.enricher.records.produced", Kind.COUNTER, "records", "Records produced"),
    /** Records that cannot be read. */
    ENRICHER_RECORDS_DEAD_LETTERED("tokensync.enricher.records.dead_lettered", Kind.COUNTER, "records",
            "Records put to the dead-letter topic", "reason"),
    /** Produced upserts by what is known of their content: fetched, or the code of the failure. */
    ENRICHER_CONTENTS("tokensync.enricher.contents", Kind.COUNTER, "records", "Records, by outcome of their content",
            "outcome", "source"),
    /** Contents asked for again: found, missing (to be asked for once more), failed or given_up. */
    ENRICHER_CONTENT_RETRIES("tokensync.enricher.content.retries", Kind.COUNTER, "requests",
            "Contents asked for again, by outcome", "outcome"),
    /** Contents fetched that are not UTF-8; they count as fetched too. */
    ENRICHER_CONTENTS_NOT_UTF8("tokensync.enricher.contents.not_utf8", Kind.COUNTER, "records",
            "Records whose content is not UTF-8 and is kept as Base64"),
    /** Answers of the content cache: hit, negative_hit or miss. */
    ENRICHER_CACHE("tokensync.enricher.cache", Kind.COUNTER, "lookups", "Content cache lookups, by result", "result"),
    /** Fetches by source and outcome. */
    ENRICHER_FETCH_DURATION("tokensync.enricher.fetch.duration", Kind.TIMER, "seconds",
            "Time of a content fetch, by source and outcome", "source", "outcome"),
    /** Content that does not hash to its CID. */
    ENRICHER_VERIFICATION_FAILURES("tokensync.enricher.verification.failures", Kind.COUNTER, "contents",
            "Contents that do not match their CID", "source"),
    /** Fetches under way. */
    ENRICHER_IN_FLIGHT("tokensync.enricher.in_flight", Kind.GAUGE, "fetches", "Content fetches under way"),
    /** 0 closed, 1 half open, 2 open. */
    ENRICHER_BREAKER_STATE("tokensync.enricher.breaker.state", Kind.GAUGE, "state",
            "Circuit breaker of a content source: 0 closed, 1 half open, 2 open", "source"),
    /**
     * Nodes that records have named lately, by their breaker: closed, half_open or open. Nobody knows how many there will
     * be.
     */
    ENRICHER_RECORD_ENDPOINTS("tokensync.enricher.record_endpoints", Kind.GAUGE, "endpoints",
            "Endpoints named by records lately, by position of their circuit breaker", "breaker"),

    /** Records taken from {@code tokens.enriched}. */
    WRITER_RECORDS_CONSUMED("tokensync.writer.records.consumed", Kind.COUNTER, "records", "Records consumed"),
    /** Their outcome: inserted, updated, unchanged, stale, dead_lettered or superseded. */
    WRITER_RECORDS("tokensync.writer.records", Kind.COUNTER, "records", "Records, by outcome", "outcome"),
    /** Dead letters by reason; their sum is the outcome dead_lettered. */
    WRITER_RECORDS_DEAD_LETTERED("tokensync.writer.records.dead_lettered", Kind.COUNTER, "records",
            "Records put to the dead-letter topic", "reason"),
    /** Contents that their records do not prove, and that are not taken over; their rows are. */
    WRITER_CONTENTS_UNPROVEN("tokensync.writer.contents.unproven", Kind.COUNTER, "records",
            "Records whose content does not hash to the token id, written without it"),
    /** Rows per batch, after folding; it may be written in several transactions. */
    WRITER_BATCH_ROWS("tokensync.writer.batch.rows", Kind.SUMMARY, "rows", "Rows of a batch after folding"),
    /** Bytes per batch as consumed. */
    WRITER_BATCH_BYTES("tokensync.writer.batch.size", Kind.SUMMARY, "bytes", "Bytes of a batch as consumed"),
    /** Phases: stage, compare, merge, commit. */
    WRITER_BATCH_DURATION("tokensync.writer.batch.duration", Kind.TIMER, "seconds", "Time of a batch, by phase",
            "phase"),
    /** Of a transaction now and then, where the server tells; the log rate is what Azure SQL limits. */
    WRITER_LOG_PER_ROW("tokensync.writer.log.row", Kind.SUMMARY, "bytes",
            "Transaction log per row written, where the server tells"),
    /** Moves between the configured bounds with the time that transactions take. */
    WRITER_BATCH_LIMIT("tokensync.writer.batch.limit", Kind.GAUGE, "rows", "Rows that a transaction may have now"),
    /** Fewer than there are while the database asks for less. */
    WRITER_CONCURRENCY("tokensync.writer.concurrency", Kind.GAUGE, "batches",
            "Batches that may be written at the same time"),
    /** How far the table is behind the topic. */
    WRITER_OLDEST_UNWRITTEN_AGE("tokensync.writer.oldest_unwritten.age", Kind.GAUGE, "seconds",
            "Age of the oldest record that is consumed and not yet in the table"),
    /** Nodes compared with the table, by outcome: equal, unsettled, differs or contested. */
    WRITER_VERIFICATIONS("tokensync.writer.verifications", Kind.COUNTER, "", "Verifications of nodes, by outcome",
            "outcome"),
    /** Of one node. */
    WRITER_VERIFICATION_DURATION("tokensync.writer.verification.duration", Kind.TIMER, "seconds",
            "Time in which the rows of a node are read to be compared"),
    /** Rows of the table. */
    WRITER_VERIFIED_ROWS("tokensync.writer.rows.verified", Kind.COUNTER, "rows",
            "Rows of the table that were compared with nodes"),
    /** By their latest verification: verified (all), differing, differing_twice (the time before as well) and contested. */
    WRITER_NODES("tokensync.writer.nodes", Kind.GAUGE, "nodes", "Nodes that have been verified, by how they stand",
            "standing"),

    /** Connections to the database, one for each thread. */
    POOL_CONNECTIONS_CREATED("tokensync.pool.created", Kind.COUNTER, "connections", "Connections made"),
    /** Too old, or dead after a rest. */
    POOL_CONNECTIONS_CLOSED_STALE("tokensync.pool.closed_stale", Kind.COUNTER, "connections",
            "Connections closed because of their age or because they no longer answered"),
    /** After a rest. */
    POOL_HEALTH_CHECK_FAILURES("tokensync.pool.health_check.failures", Kind.COUNTER, "failures",
            "Connections that did not answer after a rest"),
    /** Transactions run again, whatever the failure. */
    QUERY_RETRIES("tokensync.query.retries", Kind.COUNTER, "retries", "Transactions run again"),
    /** Conflicts beyond the quick retries; they are waited for like an outage. */
    QUERY_RETRIES_EXHAUSTED("tokensync.query.retries.exhausted", Kind.COUNTER, "",
            "Times the quick retries after conflicts were used up"),
    /** 1 while nobody is known to have been answered by the database. */
    SQL_BREAKER_OPEN("tokensync.sql.breaker.open", Kind.GAUGE, "state", "1 while the database is away"),
    /** Messages to people by channel and outcome: sent, failed or dropped. */
    MONITOR_ALERTS("tokensync.monitor.alerts", Kind.COUNTER, "messages", "Alerts, by channel and outcome", "channel",
            "outcome"),
    /** Sessions that the monitor keeps. */
    MONITOR_SESSIONS("tokensync.monitor.sessions", Kind.GAUGE, "sessions", "Sessions that are kept, by status",
            "status"),
    /** Not heard of for longer than {@code monitor.silent-after}. */
    MONITOR_SILENT_AGENTS("tokensync.monitor.silent_agents", Kind.GAUGE, "agents", "Agents that are silent"),
    /** States: read, unreadable, deferred (its deletions wait for an operator). */
    MONITOR_DATABASES("tokensync.monitor.databases", Kind.GAUGE, "databases", "Node databases, by how they stand",
            "state"),
    /** Published and not accounted for. */
    MONITOR_IN_FLIGHT("tokensync.monitor.in_flight_records", Kind.GAUGE, "records",
            "Records published and not accounted for yet"),
    /** Over all sessions. */
    MONITOR_DEAD_LETTERED("tokensync.monitor.dead_lettered_records", Kind.GAUGE, "records",
            "Records and rows that were dead-lettered, by reason", "reason"),
    /** Of the last audit that was answered for the kind; 0 for a kind that found nothing, absent where nothing is audited. */
    MONITOR_FINDING_ROWS("tokensync.monitor.finding_rows", Kind.GAUGE, "rows", "Rows that the audit has found",
            "kind"),
    /** What the rows of the kind say is of an earlier audit while this is 1. */
    MONITOR_FINDING_UNANSWERED("tokensync.monitor.finding.unanswered.state", Kind.GAUGE, "state",
            "1 while the last audit was not answered for the kind, 0 while it was", "kind"),
    /** What the other gauges of the monitor say is as of the last time that this was 1. */
    MONITOR_KNOWN("tokensync.monitor.known.state", Kind.GAUGE, "state",
            "1 while the monitor knows how the sessions stand, 0 while it does not hear from the brokers"),
    /** Always 1. */
    BUILD_INFO("tokensync.build.info", Kind.GAUGE, "info", "Which build runs", "version", "revision"),

    /** Failures that were waited for; {@code code} is the error number or the exception's class. */
    RETRIES("tokensync.retries", Kind.COUNTER, "retries", "Units run again, by failure", "stage", "kind", "code"),
    /** Outages that have ended. */
    OUTAGE_DURATION("tokensync.outage.duration", Kind.TIMER, "seconds", "Time from a first failure to success",
            "stage"),
    /** 1 while the stage waits for something. */
    PAUSED("tokensync.paused", Kind.GAUGE, "state", "1 while the stage cannot make progress", "stage"),
    /** Loops that have failed are started again, each alone. */
    LOOP_RESTARTS("tokensync.loop.restarts", Kind.COUNTER, "restarts", "Times a loop was started again after a failure",
            "stage", "loop"),
    /** Grows while a loop has batches and none ends. */
    PROGRESS_AGE("tokensync.progress.age", Kind.GAUGE, "seconds",
            "Time since a batch last ended, while there are batches in work; else 0", "stage", "group", "member");

    /** What a metric measures. */
    public enum Kind {
        COUNTER,
        GAUGE,
        TIMER,
        SUMMARY
    }

    private final String id;
    private final Kind kind;
    private final String unit;
    private final String description;
    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> tagKeys;

    MetricNames(String id, Kind kind, String unit, String description, String... tagKeys) {
        this.id = id;
        this.kind = kind;
        this.unit = unit;
        this.description = description;
        this.tagKeys = List.of(tagKeys);
    }

    /** Dotted name; Prometheus shows it with underscores, and with the unit and {@code total} behind it. */
    public String id() {
        return id;
    }

    public Kind kind() {
        return kind;
    }

    /** Empty where the name says it. */
    public String unit() {
        return unit;
    }

    public String description() {
        return description;
    }

    /** Keys of the tags; a meter has a value for each. */
    public List<String> tagKeys() {
        return tagKeys;
    }
}

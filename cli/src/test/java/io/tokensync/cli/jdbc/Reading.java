package io.tokensync.cli.jdbc;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** What an agent has read of a row at a moment, as columns; null where nothing is said. */
record Reading(Map<String, String> columns, Instant at) {
    @SuppressWarnings("TimeInStaticInitializer") // all readings of a test count from one moment
    private static final Instant BEGIN = Instant.now().minus(Duration.ofDays(30));

    /** A whole token of a node before v1, held by an owner by a transaction. */
    static Reading of(String token, String node, String status, String did, String transaction) {
        Map<String, String> columns = new TreeMap<>();
        columns.put("source_ip", "10.0.0.1");
        columns.put("node_name", node);
        columns.put("token_id", token);
        columns.put("status_name", status);
        columns.put("did", did);
        columns.put("transaction_id", transaction);
        columns.put("token_kind", "whole");
        columns.put("token_value", "1.0");
        columns.put("node_generation", "sqlite");
        columns.put("session_id", "00000000-0000-0000-0000-000000000001");
        columns.put("db_last_modified", "2026-01-01 00:00:00");
        return new Reading(columns, BEGIN);
    }

    /** A part of another token. */
    Reading part(String parent, String value) {
        return with("token_kind", "part").with("parent_token_id", parent).with("token_value", value);
    }

    Reading with(String column, String value) {
        Map<String, String> changed = new TreeMap<>(columns);
        changed.put(column, value);
        return new Reading(changed, at);
    }

    Reading on(String machine) {
        return with("source_ip", machine);
    }

    /** A whole token of v1, which is named by level and number. */
    Reading v1(int level, int number) {
        return with("node_generation", "v1").with("token_id", level + "_" + number).whole(level, number);
    }

    Reading whole(int level, int number) {
        return with("ipfs_info", "{\"kind\":\"whole\",\"level\":" + level + ",\"number\":" + number
                + (level == 1 && number >= 4_300_000 ? ",\"beyond_supply\":true}" : "}"));
    }

    /** Days after all began; the thirtieth ends now. */
    Reading day(double days) {
        return new Reading(columns, BEGIN.plusSeconds(Math.round(days * 86_400)));
    }

    String get(String column) {
        return columns.get(column);
    }

    /** The time as a version. */
    long version() {
        return at.getEpochSecond() * 1_000_000 + at.getNano() / 1_000;
    }
}

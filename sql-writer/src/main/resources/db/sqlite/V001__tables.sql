-- The tables of Rubix Token Sync in SQLite: the same names, columns and keys as on SQL Server, whose script says what they mean.
-- Texts compare byte by byte, as SQLite does by itself. Times are texts of one length, UTC (2026-01-31 23:59:59.1234567), which sort,
-- and which datetime('now', '-1 day') compares with. Lengths stand nowhere: what is longer than SQL Server's columns is rejected before
-- any database is asked. Nothing here needs more than SQLite 3.37, so that other programs open the file.

CREATE TABLE TokenRecords (
    id                 INTEGER NOT NULL PRIMARY KEY,
    source_ip          TEXT    NOT NULL,
    node_name          TEXT    NOT NULL,
    did                TEXT    NULL,
    token_id           TEXT    NOT NULL,
    created_at         TEXT    NULL,
    updated_at         TEXT    NULL,
    token_status       TEXT    NULL,
    parent_token_id    TEXT    NULL,
    token_value        TEXT    NULL,
    ipfs_data          TEXT    NULL,
    ipfs_fetched       INTEGER NOT NULL DEFAULT 0,
    ipfs_error         TEXT    NULL,
    db_path            TEXT    NULL,
    ipfs_path          TEXT    NULL,
    db_last_modified   TEXT    NULL,
    synced_at          TEXT    NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f0000', 'now')),
    validation_errors  TEXT    NULL,
    token_kind         TEXT    NULL,
    status_name        TEXT    NULL,
    node_generation    TEXT    NULL,
    ipfs_source        TEXT    NULL,
    ipfs_info          TEXT    NULL,
    token_state_hash   TEXT    NULL,
    transaction_id     TEXT    NULL,
    transaction_check  TEXT    NULL,
    transaction_initiator TEXT NULL,
    transaction_owner  TEXT    NULL,
    transaction_time   TEXT    NULL,
    session_id         TEXT    NULL,
    record_version     INTEGER NOT NULL DEFAULT 0,
    row_hash           INTEGER NOT NULL DEFAULT 0,
    deleted_version    INTEGER NOT NULL DEFAULT 0,
    deleted_at         TEXT    NULL,
    content_version    INTEGER NOT NULL DEFAULT 0,
    content_hash       INTEGER NOT NULL DEFAULT 0,
    token_level        INTEGER GENERATED ALWAYS AS (
        CASE WHEN json_valid(ipfs_info) THEN CASE WHEN json_extract(ipfs_info, '$.kind') = 'whole'
            AND json_type(ipfs_info, '$.level') = 'integer' AND json_extract(ipfs_info, '$.level') BETWEEN 0 AND 999999999
            THEN json_extract(ipfs_info, '$.level') END END) STORED,
    token_number       INTEGER GENERATED ALWAYS AS (
        CASE WHEN json_valid(ipfs_info) THEN CASE WHEN json_extract(ipfs_info, '$.kind') = 'whole'
            AND json_type(ipfs_info, '$.number') = 'integer' AND json_extract(ipfs_info, '$.number') BETWEEN 0 AND 999999999
            THEN json_extract(ipfs_info, '$.number') END END) STORED
) STRICT;

CREATE UNIQUE INDEX UX_TokenRecords_identity ON TokenRecords (source_ip, node_name, token_id);
CREATE INDEX IX_TokenRecords_token_id ON TokenRecords (token_id);
CREATE INDEX IX_TokenRecords_identity_of_whole ON TokenRecords (node_generation, token_level, token_number)
    WHERE token_kind = 'whole' AND deleted_version = 0;
-- No index on node_name: the identity begins with the machine, and each index slows the writer down. V004 has one on did.

CREATE TABLE ProcessedDatabases (
    source_ip                   TEXT    NOT NULL,
    db_path                     TEXT    NOT NULL,
    last_modified               TEXT    NOT NULL,
    last_processed              TEXT    NOT NULL,
    record_count                INTEGER NOT NULL DEFAULT 0,
    ipfs_success_count          INTEGER NOT NULL DEFAULT 0,
    ipfs_fail_count             INTEGER NOT NULL DEFAULT 0,
    validation_error_count      INTEGER NOT NULL DEFAULT 0,
    processing_duration_seconds REAL    NOT NULL DEFAULT 0,
    node_name                   TEXT    NULL,
    session_id                  TEXT    NULL,
    status                      TEXT    NULL,
    scan_started_at             TEXT    NULL,
    records_published           INTEGER NOT NULL DEFAULT 0,
    records_in_flight           INTEGER NOT NULL DEFAULT 0,
    looked_at                   TEXT    NULL,
    problem                     TEXT    NULL,
    problem_since               TEXT    NULL,
    announced                   INTEGER NOT NULL DEFAULT 0,
    revision                    INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT PK_ProcessedDatabases PRIMARY KEY (source_ip, db_path)
) STRICT;

CREATE TABLE SyncSessions (
    session_id                TEXT    NOT NULL PRIMARY KEY DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4'
        || substr(hex(randomblob(2)), 2) || '-a' || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
    start_time                TEXT    NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f0000', 'now')),
    end_time                  TEXT    NULL,
    source_ip                 TEXT    NOT NULL,
    total_databases_found     INTEGER NOT NULL DEFAULT 0,
    total_databases_processed INTEGER NOT NULL DEFAULT 0,
    total_records_processed   INTEGER NOT NULL DEFAULT 0,
    total_ipfs_success        INTEGER NOT NULL DEFAULT 0,
    total_ipfs_failures       INTEGER NOT NULL DEFAULT 0,
    total_sql_inserts         INTEGER NOT NULL DEFAULT 0,
    total_sql_errors          INTEGER NOT NULL DEFAULT 0,
    total_validation_errors   INTEGER NOT NULL DEFAULT 0,
    status                    TEXT    NOT NULL DEFAULT 'RUNNING',
    error_summary             TEXT    NULL,
    scan_ended_at             TEXT    NULL,
    last_moved_at             TEXT    NULL,
    total_records_read        INTEGER NOT NULL DEFAULT 0,
    total_records_published   INTEGER NOT NULL DEFAULT 0,
    total_records_rejected    INTEGER NOT NULL DEFAULT 0,
    total_sql_updates         INTEGER NOT NULL DEFAULT 0,
    total_sql_unchanged       INTEGER NOT NULL DEFAULT 0,
    total_dead_lettered       INTEGER NOT NULL DEFAULT 0,
    records_in_flight         INTEGER NOT NULL DEFAULT 0,
    announced                 INTEGER NOT NULL DEFAULT 0,
    revision                  INTEGER NOT NULL DEFAULT 0
) STRICT;

-- What the verifications of nodes have found, as on SQL Server, whose script says what the columns mean.

CREATE TABLE NodeVerifications (
    source_ip         TEXT    NOT NULL,
    node_name         TEXT    NOT NULL,
    watermark         INTEGER NOT NULL,
    as_of             TEXT    NOT NULL,
    verified_at       TEXT    NOT NULL,
    started_by        TEXT    NOT NULL,
    outcome           TEXT    NOT NULL,
    node_rows         INTEGER NOT NULL,
    table_rows        INTEGER NOT NULL,
    node_digest       TEXT    NOT NULL,
    table_digest      TEXT    NOT NULL,
    buckets           INTEGER NOT NULL,
    buckets_differing INTEGER NOT NULL,
    buckets_unsettled INTEGER NOT NULL,
    rows_republished  INTEGER NOT NULL,
    rows_deleted      INTEGER NOT NULL,
    rows_deferred     INTEGER NOT NULL,
    duration_seconds  REAL    NOT NULL,
    agent_id          TEXT    NOT NULL,
    session_id        TEXT    NOT NULL,
    CONSTRAINT PK_NodeVerifications PRIMARY KEY (source_ip, node_name, watermark)
) STRICT;

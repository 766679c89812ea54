CREATE TABLE IF NOT EXISTS dbo.TokenHistory (
    source_ip TEXT NOT NULL, node_name TEXT NOT NULL, token_id TEXT NOT NULL, record_version INTEGER NOT NULL,
    row_hash INTEGER NOT NULL, did TEXT, token_status TEXT, status_name TEXT, token_value TEXT, parent_token_id TEXT,
    token_kind TEXT, node_generation TEXT, created_at TEXT, updated_at TEXT, token_state_hash TEXT, transaction_id TEXT,
    content_hash INTEGER, deleted_at TEXT, session_id TEXT, db_last_modified TEXT, observed_at TEXT NOT NULL
);
CREATE UNIQUE INDEX IF NOT EXISTS dbo.UX_TokenHistory_version ON TokenHistory (source_ip, node_name, token_id, record_version, row_hash);
CREATE INDEX IF NOT EXISTS dbo.IX_TokenHistory_token_id ON TokenHistory (token_id);
CREATE INDEX IF NOT EXISTS dbo.IX_TokenHistory_did ON TokenHistory (did);
DROP VIEW IF EXISTS dbo.vw_NodeVerification;
DROP TABLE IF EXISTS dbo.NodeVerifications;
CREATE TABLE dbo.NodeVerifications (
    source_ip TEXT NOT NULL, node_name TEXT NOT NULL, watermark INTEGER NOT NULL, as_of TEXT NOT NULL, verified_at TEXT NOT NULL,
    started_by TEXT NOT NULL, outcome TEXT NOT NULL, node_rows INTEGER NOT NULL, table_rows INTEGER NOT NULL,
    node_digest TEXT NOT NULL, table_digest TEXT NOT NULL, buckets INTEGER NOT NULL, buckets_differing INTEGER NOT NULL,
    rows_republished INTEGER NOT NULL, rows_deleted INTEGER NOT NULL,
    rows_deferred INTEGER NOT NULL, duration_seconds REAL NOT NULL, agent_id TEXT, session_id TEXT,
    PRIMARY KEY (source_ip, node_name, watermark)
);
CREATE VIEW dbo.vw_NodeVerification AS SELECT v.*, (
    SELECT p.outcome FROM NodeVerifications AS p WHERE p.source_ip = v.source_ip AND p.node_name = v.node_name AND p.watermark < v.watermark
    ORDER BY p.watermark DESC LIMIT 1
) AS previous_outcome FROM NodeVerifications AS v WHERE v.watermark = (
    SELECT MAX(w.watermark) FROM NodeVerifications AS w WHERE w.source_ip = v.source_ip AND w.node_name = v.node_name
);

-- What TokenRecords was: one row for every version of a row that an agent has published. The same names, columns and key as on SQL
-- Server, whose script says what they mean. Rows stand in the order in which they were written (id), so that the old ones are
-- together; a page of the table's end and one of each index are all that a new version touches.

CREATE TABLE TokenHistory (
    id                 INTEGER NOT NULL PRIMARY KEY,
    source_ip          TEXT    NOT NULL,
    node_name          TEXT    NOT NULL,
    token_id           TEXT    NOT NULL,
    record_version     INTEGER NOT NULL,
    row_hash           INTEGER NOT NULL,
    did                TEXT    NULL,
    token_status       TEXT    NULL,
    status_name        TEXT    NULL,
    token_value        TEXT    NULL,
    parent_token_id    TEXT    NULL,
    token_kind         TEXT    NULL,
    node_generation    TEXT    NULL,
    created_at         TEXT    NULL,
    updated_at         TEXT    NULL,
    token_state_hash   TEXT    NULL,
    transaction_id     TEXT    NULL,
    content_hash       INTEGER NULL,
    deleted_at         TEXT    NULL,
    session_id         TEXT    NULL,
    db_last_modified   TEXT    NULL,
    observed_at        TEXT    NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f0000', 'now'))
) STRICT;

CREATE UNIQUE INDEX UX_TokenHistory_version ON TokenHistory (source_ip, node_name, token_id, record_version, row_hash);
CREATE INDEX IX_TokenHistory_token_id ON TokenHistory (token_id);
-- V004 has one on did, for the status page.

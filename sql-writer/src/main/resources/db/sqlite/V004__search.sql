-- What the status page's search finds rows by; the script of SQL Server says more of each.
-- The key of each ends with the row's id, as SQLite has it by itself, so that rows are paged by it.

CREATE INDEX IX_TokenRecords_did ON TokenRecords (did);
CREATE INDEX IX_TokenRecords_kind_status ON TokenRecords (token_kind, status_name) WHERE deleted_version = 0;
CREATE INDEX IX_TokenRecords_parent ON TokenRecords (parent_token_id) WHERE parent_token_id IS NOT NULL;
CREATE INDEX IX_TokenRecords_invalid ON TokenRecords (id) WHERE validation_errors IS NOT NULL;
CREATE INDEX IX_TokenRecords_without_content ON TokenRecords (id) WHERE ipfs_fetched = 0 AND deleted_version = 0;
CREATE INDEX IX_TokenHistory_did ON TokenHistory (did);

-- What the status page's search finds rows by, beside the indexes on token_id, did and the identity. Every index costs transaction log
-- for each row written: these hold nothing but short names and the clustered key, id, which ends the key of each, so that rows
-- are paged by it; and all are filtered. A statement that uses one says its filter with literals.

-- Living rows by what they are and how they stand.
CREATE NONCLUSTERED INDEX IX_TokenRecords_kind_status ON dbo.TokenRecords (token_kind, status_name) WHERE deleted_version = 0;
GO
-- The parts of a token; whole tokens have no entry.
CREATE NONCLUSTERED INDEX IX_TokenRecords_parent ON dbo.TokenRecords (parent_token_id) WHERE parent_token_id IS NOT NULL;
GO
-- Rows with something wrong, and living rows without content: few, where content is fetched.
CREATE NONCLUSTERED INDEX IX_TokenRecords_invalid ON dbo.TokenRecords (id) WHERE validation_errors IS NOT NULL;
GO
CREATE NONCLUSTERED INDEX IX_TokenRecords_without_content ON dbo.TokenRecords (id) WHERE ipfs_fetched = 0 AND deleted_version = 0;
GO

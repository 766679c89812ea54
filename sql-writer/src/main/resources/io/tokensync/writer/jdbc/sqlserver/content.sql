-- The content of the rows whose content is newer (law.sql). Among the fields that the merge sets it would go into the transaction
-- log whole even where it stays as it is, and the log is what limits Azure SQL: 50 KB for the change of a status. Behind the
-- merge, never before: then every row of the stage is in the table, by whomever, and none is passed over. A MERGE without WHEN NOT
-- MATCHED does what UPDATE ... FROM does, in words that are standard SQL.
MERGE INTO dbo.TokenRecords AS t
USING {stage} AS s
ON {key_equal}
WHEN MATCHED AND {content_newer} THEN UPDATE SET
    ipfs_data = s.ipfs_data,
    ipfs_fetched = s.ipfs_fetched,
    ipfs_error = s.ipfs_error,
    ipfs_source = s.ipfs_source,
    ipfs_info = s.ipfs_info,
    content_version = s.content_version,
    content_hash = s.content_hash,
    synced_at = {now}
{plan};

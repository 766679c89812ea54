-- Rows whose content nobody has verified against the token id, and why: the code that ipfs_error begins with; "not asked"
-- where nobody has asked; "migrated" for content of the Python tool, which verified nothing.
${create_view} dbo.vw_UnverifiableContent AS
SELECT
    t.source_ip,
    t.node_name,
    t.token_id,
    t.did,
    t.status_name,
    t.kind_name,
    CASE
        WHEN t.ipfs_fetched = 1 THEN N'migrated'
        WHEN t.ipfs_error IS NULL THEN N'not asked'
        ELSE ${ipfs_error_code}
    END AS reason,
    t.ipfs_error,
    t.ipfs_path,
    t.db_path,
    t.synced_at
FROM dbo.vw_Tokens AS t
WHERE t.is_deleted = 0 AND (t.ipfs_fetched = 0 OR t.ipfs_source = N'python tool');

-- For people: status and kind by name, and whether the row is gone from its node. Status 2302 is no status of the node: the
-- network's pin client writes it for tokens that it does not know, or that are outside the levels' limits.
${create_view} dbo.vw_Tokens AS
SELECT
    t.source_ip,
    t.node_name,
    t.token_id,
    t.did,
    t.token_status,
    CASE t.token_status
        WHEN N'0' THEN N'free'
        WHEN N'1' THEN N'locked'
        WHEN N'2' THEN N'pledged'
        WHEN N'3' THEN N'unpledged'
        WHEN N'4' THEN N'transferred'
        WHEN N'5' THEN N'committed'
        WHEN N'6' THEN N'generated'
        WHEN N'7' THEN N'deployed'
        WHEN N'8' THEN N'fetched'
        WHEN N'9' THEN N'burnt'
        WHEN N'10' THEN N'executed'
        WHEN N'11' THEN N'orphaned'
        WHEN N'12' THEN N'chain sync issue'
        WHEN N'13' THEN N'pledge issue'
        WHEN N'14' THEN N'double spent'
        WHEN N'15' THEN N'pinned as service'
        WHEN N'16' THEN N'burnt for ft'
        WHEN N'17' THEN N'pending'
        WHEN N'20' THEN N'quorum pledged'
        WHEN N'2302' THEN N'outside limits'
        ELSE N'unknown'
    END AS status_name,
    t.token_kind,
    CASE t.token_kind
        WHEN N'whole' THEN N'whole RBT'
        WHEN N'part' THEN N'part of an RBT'
        WHEN N'ft' THEN N'fungible token'
        WHEN N'nft' THEN N'NFT'
        WHEN N'contract' THEN N'smart contract'
        WHEN N'data' THEN N'data token'
        ELSE N'unknown'
    END AS kind_name,
    t.token_value,
    t.parent_token_id,
    t.created_at,
    t.updated_at,
    CAST(CASE WHEN t.deleted_version > 0 THEN 1 ELSE 0 END AS BIT) AS is_deleted,
    t.deleted_at,
    t.ipfs_fetched,
    t.ipfs_data,
    t.ipfs_error,
    t.ipfs_source,
    t.token_state_hash,
    t.transaction_id,
    t.validation_errors,
    t.db_path,
    t.ipfs_path,
    t.db_last_modified,
    t.synced_at,
    t.session_id
FROM dbo.TokenRecords AS t;

-- For people: status and kind by name, and whether the row is gone from its node. The status has a column of its own for
-- its name, because its code means another thing on each generation of nodes. 'outside limits' is no status of the node:
-- the network's pin client writes it for tokens that it does not know, or that are outside the levels' limits.
${create_view} dbo.vw_Tokens AS
SELECT
    t.source_ip,
    t.node_name,
    t.node_generation,
    t.token_id,
    t.did,
    t.token_status,
    COALESCE(t.status_name, N'unknown') AS status_name,
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
    t.transaction_check,
    t.transaction_initiator,
    t.transaction_owner,
    t.transaction_time,
    t.validation_errors,
    t.db_path,
    t.ipfs_path,
    t.db_last_modified,
    t.synced_at,
    t.session_id
FROM dbo.TokenRecords AS t;

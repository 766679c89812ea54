-- What the network's supply says of a token.

-- Status 2302 is no status of the node: the network's pin client writes it for tokens that it does not know, or that are outside
-- the levels' limits.
ALTER VIEW dbo.vw_Tokens AS
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
GO

-- supply_verdict, of whole tokens: 'impossible' where no node has ever taken such a number, 'beyond today''s supply' for the numbers
-- that level 1 has lost since it was opened.
ALTER VIEW dbo.vw_TokenContents AS
SELECT
    t.source_ip,
    t.node_name,
    t.token_id,
    t.did,
    t.token_status,
    t.ipfs_source,
    JSON_VALUE(t.ipfs_info, '$.kind') AS content_kind,
    CAST(JSON_VALUE(t.ipfs_info, '$.level') AS INT) AS token_level,
    CAST(JSON_VALUE(t.ipfs_info, '$.number') AS INT) AS token_number,
    JSON_VALUE(t.ipfs_info, '$.possible') AS is_possible,
    JSON_VALUE(t.ipfs_info, '$.parent') AS parent_in_content,
    CAST(JSON_VALUE(t.ipfs_info, '$.part') AS BIGINT) AS part_number,
    -- written by whoever made the token: one number that cannot be read must not end everybody's query
    TRY_CAST(JSON_VALUE(t.ipfs_info, '$.value') AS DECIMAL(30, 10)) AS part_value,
    JSON_VALUE(t.ipfs_info, '$.name') AS ft_name,
    CAST(JSON_VALUE(t.ipfs_info, '$.index') AS BIGINT) AS ft_index,
    JSON_VALUE(t.ipfs_info, '$.creator') AS creator_did,
    JSON_VALUE(t.ipfs_info, '$.artifact') AS nft_artifact,
    JSON_VALUE(t.ipfs_info, '$.binary') AS contract_binary,
    JSON_VALUE(t.ipfs_info, '$.raw') AS contract_raw,
    JSON_VALUE(t.ipfs_info, '$.schema') AS contract_schema,
    CAST(CASE WHEN t.deleted_version > 0 THEN 1 ELSE 0 END AS BIT) AS is_deleted,
    CASE
        WHEN JSON_VALUE(t.ipfs_info, '$.possible') = N'false' THEN N'impossible'
        WHEN JSON_VALUE(t.ipfs_info, '$.beyond_supply') = N'true' THEN N'beyond today''s supply'
        WHEN JSON_VALUE(t.ipfs_info, '$.kind') = N'whole' THEN N'possible'
    END AS supply_verdict
FROM dbo.TokenRecords AS t
WHERE t.ipfs_info IS NOT NULL;

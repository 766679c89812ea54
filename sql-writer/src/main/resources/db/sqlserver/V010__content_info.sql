-- What the content of a token says: JSON, because each kind of token has fields of its own; the view below has them by name.
ALTER TABLE dbo.TokenRecords ADD ipfs_info NVARCHAR(1000) NULL;
GO

-- One row per row of TokenRecords whose content is fetched and understood. is_possible is 'false' for a whole token that the
-- main net cannot have: a number that its level does not have, or the hash of no number.
CREATE VIEW dbo.vw_TokenContents AS
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
    CAST(CASE WHEN t.deleted_version > 0 THEN 1 ELSE 0 END AS BIT) AS is_deleted
FROM dbo.TokenRecords AS t
WHERE t.ipfs_info IS NOT NULL;

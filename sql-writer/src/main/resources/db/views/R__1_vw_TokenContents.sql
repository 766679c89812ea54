-- One row per row of TokenRecords whose content is fetched and understood: the fields of ipfs_info, which is JSON because each
-- kind of token has fields of its own. is_possible is 'false' for a whole token that the main net cannot have: a number that its
-- level does not have, or the hash of no number. supply_verdict, of whole tokens: 'impossible' where no node has ever taken such a
-- number, 'beyond today's supply' for the numbers that level 1 has lost since it was opened.
${create_view} dbo.vw_TokenContents AS
SELECT
    t.source_ip,
    t.node_name,
    t.token_id,
    t.did,
    t.token_status,
    t.ipfs_source,
    ${info_}kind${_text} AS content_kind,
    CAST(${info_}level${_number} AS INT) AS token_level,
    CAST(${info_}number${_number} AS INT) AS token_number,
    ${info_}possible${_boolean} AS is_possible,
    ${info_}parent${_text} AS parent_in_content,
    CAST(${info_}part${_number} AS BIGINT) AS part_number,
    -- written by whoever made the token: one number that cannot be read must not end everybody's query
    ${try_cast}(${info_}value${_number} AS DECIMAL(30, 10)) AS part_value,
    ${info_}name${_text} AS ft_name,
    CAST(${info_}index${_number} AS BIGINT) AS ft_index,
    ${info_}creator${_text} AS creator_did,
    ${info_}artifact${_text} AS nft_artifact,
    ${info_}binary${_text} AS contract_binary,
    ${info_}raw${_text} AS contract_raw,
    ${info_}schema${_text} AS contract_schema,
    CAST(CASE WHEN t.deleted_version > 0 THEN 1 ELSE 0 END AS BIT) AS is_deleted,
    CASE
        WHEN ${info_}possible${_boolean} = N'false' THEN N'impossible'
        WHEN ${info_}beyond_supply${_boolean} = N'true' THEN N'beyond today''s supply'
        WHEN ${info_}kind${_text} = N'whole' THEN N'possible'
    END AS supply_verdict
FROM dbo.TokenRecords AS t
WHERE t.ipfs_info IS NOT NULL;

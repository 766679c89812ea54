-- What the content of a token says: JSON, because each kind of token has fields of its own; the view below has them by name.
ALTER TABLE dbo.TokenRecords ADD COLUMN ipfs_info NVARCHAR(1000) NULL;

-- One row per row of TokenRecords whose content is fetched and understood. is_possible is 'false' for a whole token that the
-- main net cannot have: a number that its level does not have, or the hash of no number. Names are shown as JSON has them,
-- with its backslashes: H2 has no JSON_VALUE.
CREATE VIEW dbo.vw_TokenContents AS
SELECT
    t.source_ip,
    t.node_name,
    t.token_id,
    t.did,
    t.token_status,
    t.ipfs_source,
    REGEXP_SUBSTR(t.ipfs_info, '"kind":"([^"\\]*(?:\\.[^"\\]*)*)"', 1, 1, '', 1) AS content_kind,
    CAST(REGEXP_SUBSTR(t.ipfs_info, '"level":([0-9.]+)', 1, 1, '', 1) AS INT) AS token_level,
    CAST(REGEXP_SUBSTR(t.ipfs_info, '"number":([0-9.]+)', 1, 1, '', 1) AS INT) AS token_number,
    REGEXP_SUBSTR(t.ipfs_info, '"possible":(true|false)', 1, 1, '', 1) AS is_possible,
    REGEXP_SUBSTR(t.ipfs_info, '"parent":"([^"\\]*(?:\\.[^"\\]*)*)"', 1, 1, '', 1) AS parent_in_content,
    CAST(REGEXP_SUBSTR(t.ipfs_info, '"part":([0-9.]+)', 1, 1, '', 1) AS BIGINT) AS part_number,
    CAST(REGEXP_SUBSTR(t.ipfs_info, '"value":([0-9.]+)', 1, 1, '', 1) AS DECIMAL(30, 10)) AS part_value,
    REGEXP_SUBSTR(t.ipfs_info, '"name":"([^"\\]*(?:\\.[^"\\]*)*)"', 1, 1, '', 1) AS ft_name,
    CAST(REGEXP_SUBSTR(t.ipfs_info, '"index":([0-9.]+)', 1, 1, '', 1) AS BIGINT) AS ft_index,
    REGEXP_SUBSTR(t.ipfs_info, '"creator":"([^"\\]*(?:\\.[^"\\]*)*)"', 1, 1, '', 1) AS creator_did,
    REGEXP_SUBSTR(t.ipfs_info, '"artifact":"([^"\\]*(?:\\.[^"\\]*)*)"', 1, 1, '', 1) AS nft_artifact,
    REGEXP_SUBSTR(t.ipfs_info, '"binary":"([^"\\]*(?:\\.[^"\\]*)*)"', 1, 1, '', 1) AS contract_binary,
    REGEXP_SUBSTR(t.ipfs_info, '"raw":"([^"\\]*(?:\\.[^"\\]*)*)"', 1, 1, '', 1) AS contract_raw,
    REGEXP_SUBSTR(t.ipfs_info, '"schema":"([^"\\]*(?:\\.[^"\\]*)*)"', 1, 1, '', 1) AS contract_schema,
    CAST(CASE WHEN t.deleted_version > 0 THEN 1 ELSE 0 END AS BIT) AS is_deleted
FROM dbo.TokenRecords AS t
WHERE t.ipfs_info IS NOT NULL;

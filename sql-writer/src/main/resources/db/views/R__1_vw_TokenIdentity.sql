-- One row per living row of a whole token whose level and number are known. A node before v1 calls a token by its CID and one of v1
-- by level and number: here both rows say which token it is. supply_verdict as in vw_TokenContents.
${create_view} dbo.vw_TokenIdentity AS
SELECT
    t.token_level,
    t.token_number,
    t.node_generation,
    t.source_ip,
    t.node_name,
    t.token_id,
    t.did,
    COALESCE(t.status_name, N'unknown') AS status_name,
    t.token_value,
    ${decimal_token_value} AS numeric_value,
    ${info_}possible${_boolean} AS is_possible,
    CASE
        WHEN ${info_}possible${_boolean} = N'false' THEN N'impossible'
        WHEN ${info_}beyond_supply${_boolean} = N'true' THEN N'beyond today''s supply'
        ELSE N'possible'
    END AS supply_verdict,
    t.synced_at
FROM dbo.TokenRecords AS t
WHERE t.token_kind = N'whole' AND t.token_number IS NOT NULL AND t.deleted_version = 0;

-- How many unique indexes have exactly the columns of the identity as their key.
SELECT COUNT(*)
FROM (
    SELECT INDEX_NAME
    FROM INFORMATION_SCHEMA.INDEX_COLUMNS
    WHERE TABLE_SCHEMA = 'dbo' AND TABLE_NAME = 'TokenRecords' AND IS_UNIQUE
    GROUP BY INDEX_NAME
    HAVING COUNT(*) = 3
        AND SUM(CASE WHEN COLUMN_NAME IN ('source_ip', 'node_name', 'token_id') THEN 1 ELSE 0 END) = 3
) AS identity_index

-- How many unique indexes have exactly the columns of the identity as their key, and hold for all rows.
SELECT COUNT(*)
FROM (
    SELECT i.index_id
    FROM sys.indexes AS i
    INNER JOIN sys.index_columns AS ic ON ic.object_id = i.object_id AND ic.index_id = i.index_id
    INNER JOIN sys.columns AS c ON c.object_id = ic.object_id AND c.column_id = ic.column_id
    WHERE i.object_id = OBJECT_ID(N'dbo.TokenRecords') AND i.is_unique = 1 AND i.is_disabled = 0
        AND i.has_filter = 0 AND ic.is_included_column = 0
    GROUP BY i.index_id
    HAVING COUNT(*) = 3
        AND SUM(CASE WHEN c.name IN (N'source_ip', N'node_name', N'token_id') THEN 1 ELSE 0 END) = 3
) AS identity_index

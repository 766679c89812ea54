SELECT COUNT(*)
FROM sys.indexes AS i
INNER JOIN sys.index_columns AS ic ON ic.object_id = i.object_id AND ic.index_id = i.index_id
INNER JOIN sys.columns AS c ON c.object_id = ic.object_id AND c.column_id = ic.column_id
WHERE i.object_id = OBJECT_ID(N'dbo.TokenRecords') AND i.is_unique = 1 AND i.has_filter = 0
    AND c.name IN (N'source_ip', N'node_name', N'token_id')

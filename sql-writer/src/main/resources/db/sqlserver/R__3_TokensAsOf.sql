-- What dbo.TokenRecords said at a time: SELECT ... FROM dbo.TokensAsOf('2026-11-01T00:00:00').
CREATE OR ALTER FUNCTION dbo.TokensAsOf (@at DATETIME2(7)) RETURNS TABLE AS RETURN (
${tokens_as_of}
);
GO

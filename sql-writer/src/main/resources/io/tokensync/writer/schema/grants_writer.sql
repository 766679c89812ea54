-- What the sql-writer needs: one table, and no right to delete from it. Its #stage needs no right at all.
IF DATABASE_PRINCIPAL_ID(N'tokensync_writer') IS NULL CREATE ROLE tokensync_writer;
GRANT SELECT, INSERT, UPDATE ON OBJECT::dbo.TokenRecords TO tokensync_writer;
-- then, for each login: ALTER ROLE tokensync_writer ADD MEMBER [name];

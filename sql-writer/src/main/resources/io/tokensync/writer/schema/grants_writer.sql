-- What the sql-writer needs: the tables, and no right to delete from them except sessions that ended long ago. Its #stage needs no right at all.
IF DATABASE_PRINCIPAL_ID(N'tokensync_writer') IS NULL CREATE ROLE tokensync_writer;
GRANT SELECT, INSERT, UPDATE ON OBJECT::dbo.TokenRecords TO tokensync_writer;
-- without these two the tokens are written all the same, and writer.sessions.enabled: false says that it is meant so
GRANT SELECT, INSERT, UPDATE, DELETE ON OBJECT::dbo.SyncSessions TO tokensync_writer;
GRANT SELECT, INSERT, UPDATE ON OBJECT::dbo.ProcessedDatabases TO tokensync_writer;
-- without this one nodes are not verified, and writer.verify.enabled: false says that it is meant so
GRANT SELECT, INSERT, DELETE ON OBJECT::dbo.NodeVerifications TO tokensync_writer;
GRANT SELECT ON OBJECT::dbo.vw_NodeVerification TO tokensync_writer;
-- then, for each login: ALTER ROLE tokensync_writer ADD MEMBER [name];

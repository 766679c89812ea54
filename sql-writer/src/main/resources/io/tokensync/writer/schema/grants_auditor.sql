-- What auditors need: to read the tables and the views.
IF DATABASE_PRINCIPAL_ID(N'tokensync_auditor') IS NULL CREATE ROLE tokensync_auditor;
GRANT SELECT ON OBJECT::dbo.TokenRecords TO tokensync_auditor;
GRANT SELECT ON OBJECT::dbo.ProcessedDatabases TO tokensync_auditor;
GRANT SELECT ON OBJECT::dbo.SyncSessions TO tokensync_auditor;
GRANT SELECT ON OBJECT::dbo.NodeVerifications TO tokensync_auditor;
GRANT SELECT ON OBJECT::dbo.vw_NodeVerification TO tokensync_auditor;
GRANT SELECT ON OBJECT::dbo.vw_Tokens TO tokensync_auditor;
GRANT SELECT ON OBJECT::dbo.vw_TokenHolders TO tokensync_auditor;
GRANT SELECT ON OBJECT::dbo.vw_FreeOnSeveralNodes TO tokensync_auditor;
GRANT SELECT ON OBJECT::dbo.vw_PartsAgainstParent TO tokensync_auditor;
GRANT SELECT ON OBJECT::dbo.vw_TokenContents TO tokensync_auditor;
GRANT SELECT ON OBJECT::dbo.vw_TokenIdentity TO tokensync_auditor;
GRANT SELECT ON OBJECT::dbo.vw_SupplyByLevel TO tokensync_auditor;
GRANT SELECT ON OBJECT::dbo.vw_Nodes TO tokensync_auditor;
GRANT SELECT ON OBJECT::dbo.vw_StaleNodes TO tokensync_auditor;
GRANT SELECT ON OBJECT::dbo.vw_UnverifiableContent TO tokensync_auditor;
-- then, for each login: ALTER ROLE tokensync_auditor ADD MEMBER [name];

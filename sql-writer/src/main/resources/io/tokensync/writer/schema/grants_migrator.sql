-- What "schema migrate" and "schema clear" need: to make and change tables, views and functions of dbo, and to move rows between them.
IF DATABASE_PRINCIPAL_ID(N'tokensync_migrator') IS NULL CREATE ROLE tokensync_migrator;
GRANT CREATE TABLE TO tokensync_migrator;
GRANT CREATE VIEW TO tokensync_migrator;
GRANT CREATE FUNCTION TO tokensync_migrator;
GRANT ALTER, REFERENCES, SELECT, INSERT, UPDATE, DELETE ON SCHEMA::dbo TO tokensync_migrator;
-- then, for each login: ALTER ROLE tokensync_migrator ADD MEMBER [name];

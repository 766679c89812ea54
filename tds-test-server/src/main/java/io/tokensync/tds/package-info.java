/**
 * A SQL Server endpoint for tests: the real mssql-jdbc driver talks TDS 7.4 to it, H2 executes, and a script lets it fail
 * as SQL Server and Azure SQL do. It is a test tool, not a database: see the module's README for what it does not do.
 */
package io.tokensync.tds;

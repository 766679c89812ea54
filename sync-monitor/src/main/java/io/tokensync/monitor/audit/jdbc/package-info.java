/**
 * The auditors' questions in SQL. Each kind of finding has a statement among the resources, the same for SQLite and SQL
 * Server, over the views of the schema ({@code vw_Tokens}, {@code vw_PartsAgainstParent} …).
 */
package io.tokensync.monitor.audit.jdbc;

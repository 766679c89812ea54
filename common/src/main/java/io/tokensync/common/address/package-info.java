/**
 * The address of a database as people write it: a JDBC URL, or the ADO.NET or ODBC connection string that the old tool
 * kept in {@code azure_sql_connection.txt}. {@link io.tokensync.common.address.DatabaseAddress} reads all of them; no
 * message of this package repeats a value, because any part of a mistyped address may be a piece of a password.
 */
package io.tokensync.common.address;

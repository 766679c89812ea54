/**
 * The messages and tokens of MS-TDS 7.4 as mssql-jdbc sends and reads them: one file per message or token kind, with the
 * section of the specification it follows. Nothing here knows what a statement means.
 */
package io.tokensync.tds.protocol;

/** Execution in H2: sessions, transactions, results, bulk loads, and H2's errors under SQL Server's numbers. */
package io.tokensync.tds.jdbc;

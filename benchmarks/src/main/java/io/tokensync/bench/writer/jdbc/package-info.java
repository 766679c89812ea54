/** The baselines of the writer, hand-written on JDBC, and a look at the table. They share nothing with the writer. */
package io.tokensync.bench.writer.jdbc;

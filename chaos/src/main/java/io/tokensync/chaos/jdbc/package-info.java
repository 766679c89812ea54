/** What the suite asks of the table and of the nodes' databases. */
package io.tokensync.chaos.jdbc;

/** Where a database is and how to get in, for whoever writes to it or reads from it: address, login, product. */
package io.tokensync.common.jdbc;

/** What the command line asks databases: the user's queries, and whether a database can be used. */
package io.tokensync.cli.jdbc;

/** What the command line asks databases: the user's queries, and whether the table is what the truth says. */
package io.tokensync.cli.jdbc;

/** What the audit report asks of the tables. */
package io.tokensync.cli.audit.jdbc;

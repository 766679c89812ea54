/** How commands print what they have found: as a table, as CSV or as JSON, whoever has the rows. */
package io.tokensync.cli.output;

/** {@code audit}: what contradicts itself in the table, for people, spreadsheets and programs. */
package io.tokensync.cli.audit;

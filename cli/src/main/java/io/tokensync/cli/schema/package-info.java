/** {@code schema}: shows, makes, checks and empties the tables of the database, and prints the rights that each role needs. */
package io.tokensync.cli.schema;

package io.tokensync.simulator.postgres;

/**
 * A PostgreSQL on which nodes' databases are made, with the login that may make them.
 *
 * @param prefix of the names of databases and their owners; those of an earlier simulation are replaced
 */
public record PostgresAccess(String host, int port, String user, String password, String prefix) {}

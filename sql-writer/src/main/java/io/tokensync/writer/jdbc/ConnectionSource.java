package io.tokensync.writer.jdbc;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;

import javax.sql.DataSource;

/** New connections for libraries that ask a {@link DataSource} for them. */
final class ConnectionSource implements DataSource {
    private final DedicatedConnection.Source source;

    ConnectionSource(DedicatedConnection.Source source) {
        this.source = source;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return source.connect();
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("the login is that of the address");
    }

    @Override
    public PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) {
        // the log is ours
    }

    @Override
    public void setLoginTimeout(int seconds) {
        // the address has it
    }

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("the log is ours");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("there is nothing inside");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}

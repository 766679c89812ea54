package io.tokensync.cli.token.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.tokensync.common.jdbc.Dialect;
import io.tokensync.common.jdbc.QueryTimeout;
import io.tokensync.common.jdbc.SqlConnections;
import io.tokensync.common.jdbc.SqlSettings;

/** The tables of either dialect, over one connection that only reads. */
public final class TokenDatabase implements TokenSource, AutoCloseable {
    private static final int MOST_ROWS = 1_000;
    private static final String COLUMNS = """
            token_id, source_ip, node_name, node_generation, did, status_name, kind_name, token_value,
            parent_token_id, CAST(is_deleted AS INT) AS is_deleted""";
    private static final String HOLDERS = "SELECT " + COLUMNS + """
            , deleted_at, transaction_id, transaction_check, validation_errors, ipfs_error, synced_at
            FROM dbo.vw_Tokens WHERE token_id = ? ORDER BY source_ip, node_name""";
    private static final String VERSIONS = """
            SELECT observed_at, source_ip, node_name, did, status_name, token_value, parent_token_id, deleted_at,
            record_version, db_last_modified, session_id
            FROM dbo.TokenHistory WHERE token_id = ? ORDER BY record_version, observed_at, id""";
    private static final String CONTENT = """
            SELECT DISTINCT content_kind, token_level, token_number, supply_verdict, parent_in_content, part_number,
            part_value, ft_name, ft_index, creator_did, nft_artifact, contract_binary, contract_raw, contract_schema
            FROM dbo.vw_TokenContents WHERE token_id = ?""";
    private static final String PARTS = "SELECT " + COLUMNS + """

            FROM dbo.vw_Tokens WHERE parent_token_id = ? AND token_id <> parent_token_id
            ORDER BY token_id, source_ip, node_name""";
    private static final String PARENTS = """
            SELECT DISTINCT parent_token_id FROM dbo.TokenRecords WHERE token_id = ? AND parent_token_id IS NOT NULL
            ORDER BY parent_token_id""";
    private static final String VERIFICATIONS = """
            SELECT v.source_ip, v.node_name, v.outcome, v.as_of, v.verified_at
            FROM dbo.vw_NodeVerification AS v
            WHERE EXISTS (SELECT 1 FROM dbo.TokenRecords AS t
                WHERE t.token_id = ? AND t.source_ip = v.source_ip AND t.node_name = v.node_name)
            ORDER BY v.source_ip, v.node_name""";

    private final Connection connection;
    private final Dialect dialect;
    private final QueryTimeout timeout;

    private TokenDatabase(Connection connection, SqlSettings settings) {
        this.connection = connection;
        this.dialect = settings.dialect();
        this.timeout = new QueryTimeout(settings.queryTimeout());
    }

    /** Connects. */
    public static TokenDatabase open(SqlSettings settings) throws TokenException {
        try {
            return new TokenDatabase(SqlConnections.openToRead(settings), settings);
        } catch (SQLException e) {
            throw new TokenException(e);
        }
    }

    @Override
    public TokenTable holders(String token) throws TokenException {
        return table(HOLDERS, token);
    }

    @Override
    public TokenTable versions(String token) throws TokenException {
        return table(VERSIONS, token);
    }

    @Override
    public TokenTable content(String token) throws TokenException {
        return table(CONTENT, token);
    }

    @Override
    public TokenTable parts(String token) throws TokenException {
        return table(PARTS, token);
    }

    @Override
    public List<String> parents(String token) throws TokenException {
        return table(PARENTS, token).rows().stream().map(List::getFirst).toList();
    }

    @Override
    public Optional<TokenTable> verifications(String token) throws TokenException {
        return isThere("vw_NodeVerification") ? Optional.of(table(VERIFICATIONS, token)) : Optional.empty();
    }

    private boolean isThere(String view) throws TokenException {
        return !table(dialect.existence(), view).rows().getFirst().getFirst().equals("0");
    }

    private TokenTable table(String sql, String value) throws TokenException {
        try (PreparedStatement statement = connection.prepareStatement(dialect.translated(sql))) {
            statement.setMaxRows(MOST_ROWS + 1);
            statement.setString(1, value);
            return timeout.run(statement, () -> {
                try (ResultSet found = statement.executeQuery()) {
                    return read(found);
                }
            });
        } catch (SQLException e) {
            throw new TokenException(e);
        }
    }

    private static TokenTable read(ResultSet found) throws SQLException {
        List<String> columns = new ArrayList<>();
        for (int column = 1; column <= found.getMetaData().getColumnCount(); column++) {
            columns.add(found.getMetaData().getColumnLabel(column));
        }
        List<List<String>> rows = new ArrayList<>();
        while (found.next()) {
            List<String> row = new ArrayList<>();
            for (int column = 1; column <= columns.size(); column++) {
                row.add(found.getString(column));
            }
            rows.add(row);
        }
        boolean more = rows.size() > MOST_ROWS;
        return new TokenTable(columns, more ? rows.subList(0, MOST_ROWS) : rows, more);
    }

    @Override
    public void close() throws TokenException {
        timeout.close();
        try {
            connection.close();
        } catch (SQLException e) {
            throw new TokenException(e);
        }
    }
}

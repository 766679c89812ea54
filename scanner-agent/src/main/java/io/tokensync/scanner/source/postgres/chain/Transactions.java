package io.tokensync.scanner.source.postgres.chain;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.tokensync.common.model.ColumnLimits;
import io.tokensync.common.model.TokenTransaction;
import io.tokensync.common.model.TransactionCheck;
import io.tokensync.scanner.source.RawRow;
import io.tokensync.scanner.source.TokenColumn;
import io.tokensync.scanner.source.TokenTable;

/**
 * Gives rows the transactions that they name, checked. Many tokens share one, and rows with the same lie together, so that
 * the last ones are remembered. Not for several threads.
 */
public final class Transactions {
    /** With three texts of sixty characters each, a few megabytes. */
    private static final int MOST_REMEMBERED = 10_000;
    /** Seven thousand tokens in one transaction. */
    private static final int MOST_INFO_BYTES = 1 << 20;
    private static final int MOST_SIGNATURE_BYTES = 1 << 16;
    /** Each may be as long as is read. */
    private static final int FETCH = 16;
    private static final int ID = 1;
    private static final int INFO = 2;
    private static final int SIGNATURE = 3;

    private final String query;
    private final TransactionProof proof;
    private final Map<String, TokenTransaction> remembered = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, TokenTransaction> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    /**
     * For one reading of a node.
     *
     * @param node its directory
     * @param table the table's name, as it stands in a statement
     */
    public Transactions(Path node, String table) {
        this.proof = new TransactionProof(new DidKeys(node));
        this.query = "SELECT t.id, CASE WHEN octet_length(t.info::text) <= " + MOST_INFO_BYTES
                + " THEN t.info::text END, CASE WHEN octet_length(t.signature::text) <= " + MOST_SIGNATURE_BYTES
                + " THEN t.signature::text END FROM " + table + " t WHERE t.id = ANY(?)";
    }

    /** Puts the transactions into the rows that name one. */
    public void add(Connection connection, List<RawRow> rows) throws SQLException {
        Map<String, TokenTransaction> found = find(connection,
                rows.stream().filter(Transactions::namesOne).map(Transactions::named).collect(Collectors.toSet()));
        rows.replaceAll(row -> namesOne(row) ? row.with(found.get(named(row))) : row);
    }

    private Map<String, TokenTransaction> find(Connection connection, Set<String> ids) throws SQLException {
        Map<String, TokenTransaction> found = new LinkedHashMap<>();
        for (String id : ids) {
            TokenTransaction before = remembered.get(id);
            found.put(id, before == null ? TokenTransaction.unread(TransactionCheck.MISSING) : before);
        }
        String[] unknown = ids.stream().filter(id -> !remembered.containsKey(id)).toArray(String[]::new);
        if (unknown.length == 0) {
            return found;
        }
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setFetchSize(FETCH);
            statement.setArray(1, connection.createArrayOf("text", unknown));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    String id = rows.getString(ID);
                    TokenTransaction transaction = proof.of(id, rows.getBytes(INFO), rows.getBytes(SIGNATURE));
                    found.put(id, transaction);
                    remembered.put(id, transaction);
                }
            }
        }
        return found;
    }

    private static boolean namesOne(RawRow row) {
        return !row.isUnread() && row.table() == TokenTable.V1_TOKENS
                && row.value(TokenColumn.TRANSACTION_ID) instanceof String id && !id.isEmpty()
                && id.length() <= ColumnLimits.TRANSACTION_ID;
    }

    private static String named(RawRow row) {
        return (String) row.value(TokenColumn.TRANSACTION_ID);
    }
}

package io.tokensync.cli.audit.jdbc;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * One look at every row of the table, in whatever order they come and without keeping one: a digest of each node's rows, and how much
 * is in which state. The digest is the sum of the rows' SHA-256, modulo 2^256, which is the same in any order.
 */
final class RowsOfTable {
    private static final String ROWS = """
            SELECT source_ip, node_name, token_kind, status_name, token_value, deleted_version, token_id, did, token_status,
                parent_token_id, token_state_hash, transaction_id, node_generation, record_version FROM dbo.TokenRecords""";
    private static final int VALUE = 5;
    private static final int DELETED = 6;
    private static final int COLUMNS = 14;
    private static final Pattern NUMBER = Pattern.compile("\\d{1,20}(\\.\\d{1,20})?");

    private final Map<List<String>, long[]> digests = new TreeMap<>(RowsOfTable::compare);
    private final Map<List<String>, Held> held = new TreeMap<>(RowsOfTable::compare);
    private final MessageDigest sha256 = sha256();

    /** Rows of one kind in one state. */
    private static final class Held {
        private long rows;
        private long withoutValue;
        private BigDecimal value = BigDecimal.ZERO;
    }

    /** Reads them all. */
    static RowsOfTable read(Connection connection) throws SQLException {
        RowsOfTable table = new RowsOfTable();
        try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(ROWS)) {
            String[] row = new String[COLUMNS];
            while (rows.next()) {
                for (int column = 0; column < COLUMNS; column++) {
                    row[column] = rows.getString(column + 1);
                }
                table.add(row);
            }
        }
        return table;
    }

    private void add(String[] row) {
        for (String text : row) {
            byte[] bytes = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
            sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(text == null ? -1 : bytes.length).array());
            sha256.update(bytes);
        }
        sum(digests.computeIfAbsent(List.of(row[0], row[1]), _ -> new long[Integer.BYTES]), sha256.digest());
        if (row[DELETED - 1].equals("0")) {
            Held same = held.computeIfAbsent(List.of(known(row[2]), known(row[3])), _ -> new Held());
            same.rows++;
            if (row[VALUE - 1] != null && NUMBER.matcher(row[VALUE - 1]).matches()) {
                same.value = same.value.add(new BigDecimal(row[VALUE - 1]));
            } else {
                same.withoutValue++;
            }
        }
    }

    private static String known(String name) {
        return name == null ? "unknown" : name;
    }

    /** Adds a number of 256 bits, the highest of its four words first. */
    private static void sum(long[] sum, byte[] number) {
        ByteBuffer words = ByteBuffer.wrap(number);
        long carry = 0;
        for (int word = sum.length - 1; word >= 0; word--) {
            long before = sum[word];
            long with = before + words.getLong(word * Long.BYTES);
            long all = with + carry;
            carry = Long.compareUnsigned(with, before) < 0 || Long.compareUnsigned(all, with) < 0 ? 1 : 0;
            sum[word] = all;
        }
    }

    /** Of the rows of a node, gone ones too; all zeros when it has none. */
    String digest(String sourceIp, String nodeName) {
        long[] sum = digests.getOrDefault(List.of(sourceIp, nodeName), new long[Integer.BYTES]);
        StringBuilder hex = new StringBuilder();
        for (long word : sum) {
            hex.append(HexFormat.of().toHexDigits(word));
        }
        return hex.toString();
    }

    /** Kind, state, rows, value and rows without a readable value; of what nodes list. */
    List<List<String>> holdings() {
        List<List<String>> rows = new ArrayList<>();
        held.forEach((key, same) -> rows.add(List.of(key.getFirst(), key.getLast(), Long.toString(same.rows),
                same.value.signum() == 0 ? "0" : same.value.stripTrailingZeros().toPlainString(),
                Long.toString(same.withoutValue))));
        return rows;
    }

    private static int compare(List<String> one, List<String> other) {
        int first = one.getFirst().compareTo(other.getFirst());
        return first == 0 ? one.getLast().compareTo(other.getLast()) : first;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

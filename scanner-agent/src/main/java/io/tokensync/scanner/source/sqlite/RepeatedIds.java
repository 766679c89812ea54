package io.tokensync.scanner.source.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.sqlite.SQLiteConfig;

import io.tokensync.scanner.report.Problem;
import io.tokensync.scanner.report.ProblemKind;
import io.tokensync.scanner.source.DatabaseProblemException;
import io.tokensync.scanner.source.sqlite.file.NodeConnection;
import io.tokensync.scanner.watch.Progress;

/**
 * Which ids several rows have, where no index tells: all are copied to a temporary file of SQLite's, in pages like those of
 * a table scan, so that no node waits longer, and sorted there.
 */
final class RepeatedIds {
    /** So many are kept in memory while the table scan goes on: about 10 MB. */
    static final int MOST = 50_000;

    private static final String REPEATED = "SELECT id FROM temp.seen GROUP BY id HAVING count(*) > 1 LIMIT "
            + (MOST + 1);

    private final NodeConnection node;
    private final PageLimit limit;
    private final PreparedStatement seen;
    private final Progress progress;

    private RepeatedIds(NodeConnection node, PageLimit limit, PreparedStatement seen, Progress progress) {
        this.node = node;
        this.limit = limit;
        this.seen = seen;
        this.progress = progress;
    }

    /**
     * Finds them.
     *
     * @param tables whose ids are compared
     * @param progress notified of each page
     * @throws DatabaseProblemException also when they are too many, or there is no room for the temporary file
     */
    static Set<String> find(NodeConnection node, List<TableQueries> tables, PageLimit limit,
            Progress progress)
            throws DatabaseProblemException, InterruptedException {
        try (Connection own = new SQLiteConfig().createConnection("jdbc:sqlite::memory:");
                Statement statement = own.createStatement()) {
            statement.executeUpdate("CREATE TEMP TABLE seen (id TEXT COLLATE BINARY)");
            own.setAutoCommit(false);
            try (PreparedStatement seen = own.prepareStatement("INSERT INTO temp.seen (id) VALUES (?)")) {
                RepeatedIds ids = new RepeatedIds(node, limit, seen, progress);
                for (TableQueries table : tables) {
                    ids.copy(table);
                }
            }
            return bounded(node, repeated(statement));
        } catch (SQLException e) {
            throw new DatabaseProblemException(new Problem(ProblemKind.READ_FAILED, node.file(),
                    "its ids have no index and cannot be sorted in a temporary file: " + e.getMessage()), e);
        }
    }

    private void copy(TableQueries table) throws DatabaseProblemException, InterruptedException, SQLException {
        long lowest = Long.MIN_VALUE;
        boolean more = true;
        while (more) {
            long from = lowest;
            Page page = node.read(() -> page(table, from));
            for (String id : page.ids) {
                seen.setString(1, id);
                seen.addBatch();
            }
            seen.executeBatch();
            progress.made();
            more = page.last < Long.MAX_VALUE;
            lowest = page.last + 1;
        }
    }

    /** Ids of one short read, and the last rowid of it: the highest of all when there are no more. */
    private record Page(List<String> ids, long last) {}

    private Page page(TableQueries table, long lowest) throws SQLException {
        long begin = System.nanoTime();
        List<String> ids = new ArrayList<>();
        try (PreparedStatement statement = node.prepare(table.ids())) {
            statement.setLong(1, lowest);
            try (ResultSet rows = statement.executeQuery()) {
                int read = 0;
                for (int count = 1; rows.next(); count++) {
                    String id = rows.getString(2);
                    if (id != null) {
                        ids.add(id);
                        read += id.length();
                    }
                    if (limit.isReached(count, read, begin)) {
                        return new Page(ids, rows.getLong(1));
                    }
                }
            }
        }
        return new Page(ids, Long.MAX_VALUE);
    }

    private static Set<String> repeated(Statement statement) throws SQLException {
        Set<String> repeated = new HashSet<>();
        try (ResultSet rows = statement.executeQuery(REPEATED)) {
            while (rows.next()) {
                repeated.add(rows.getString(1));
            }
        }
        return repeated;
    }

    private static Set<String> bounded(NodeConnection node, Set<String> repeated) throws DatabaseProblemException {
        if (repeated.size() > MOST) {
            throw new DatabaseProblemException(new Problem(ProblemKind.TOO_MANY_REPEATED_IDS, node.file(),
                    "more than " + MOST + " ids are on several rows of tables without a unique index"), null);
        }
        return repeated;
    }
}

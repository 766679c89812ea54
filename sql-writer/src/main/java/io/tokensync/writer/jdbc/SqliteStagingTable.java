package io.tokensync.writer.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The stage of SQLite is the batch itself: the database is in this process, so that each row is looked up, and written when it is
 * newer, by statements of its own. Rows come in the order of the table's key, and find its pages in the cache.
 */
final class SqliteStagingTable implements StagingTable {
    private static final String UPDATE = "UPDATE SET";
    private static final String INSERT = "WHEN NOT MATCHED THEN INSERT";

    /** What a staged row is to the table's, as {@code look_up} numbers it. */
    private static final int STALE = 0;
    private static final int SAME = 1;
    private static final int NEWER = 2;
    /** There is none in the table. */
    private static final int NEW = 3;

    private final String lock;
    private final String time;
    private final RowStatement lookUp;
    private final RowStatement insert;
    private final RowStatement update;

    SqliteStagingTable() {
        SqlText text = new SqlText("sqlite");
        String merge = text.statement("merge.sql");
        int from = merge.indexOf(UPDATE);
        int to = merge.indexOf(INSERT);
        this.lock = text.part("lock");
        this.time = text.part("time");
        this.lookUp = new RowStatement(text.part("look_up"));
        this.update = new RowStatement(
                "UPDATE dbo.TokenRecords AS t SET" + merge.substring(from + UPDATE.length(), to) + "WHERE t.id = s.id");
        this.insert = new RowStatement("INSERT INTO dbo.TokenRecords" + merge.substring(to + INSERT.length()));
    }

    @Override
    public StagedBatch load(Connection connection, List<StagedRow> rows) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(lock);
        }
        return new Rows(connection, rows);
    }

    private final class Rows implements StagedBatch {
        private final Connection connection;
        private final List<StagedRow> rows;
        private final int[] relations;
        /** Those of the table's rows. */
        private final long[] ids;

        Rows(Connection connection, List<StagedRow> rows) {
            this.connection = connection;
            this.rows = rows;
            this.relations = new int[rows.size()];
            this.ids = new long[rows.size()];
        }

        @Override
        public List<Comparison> compare() throws SQLException {
            try (PreparedStatement statement = connection.prepareStatement(lookUp.sql())) {
                for (int i = 0; i < relations.length; i++) {
                    lookUp.set(statement, rows.get(i));
                    try (ResultSet found = statement.executeQuery()) {
                        boolean there = found.next();
                        ids[i] = there ? found.getLong(1) : 0;
                        relations[i] = there ? found.getInt(2) : NEW;
                    }
                }
            }
            return comparisons();
        }

        private List<Comparison> comparisons() {
            Map<Long, long[]> byOrigin = new TreeMap<>();
            for (int i = 0; i < relations.length; i++) {
                if (relations[i] != NEW) {
                    long[] counts = byOrigin.computeIfAbsent(rows.get(i).origin(),
                            _ -> new long[NEW]);
                    counts[relations[i]]++;
                }
            }
            List<Comparison> comparisons = new ArrayList<>();
            byOrigin.forEach((origin, counts) -> {
                long newer = counts[NEWER];
                long same = counts[SAME];
                comparisons.add(new Comparison(origin, newer + same + counts[STALE], newer, same));
            });
            return comparisons;
        }

        @Override
        public long merge() throws SQLException {
            try (PreparedStatement inserting = prepare(insert); PreparedStatement updating = prepare(update)) {
                long written = 0;
                for (int i = 0; i < relations.length; i++) {
                    written += switch (relations[i]) {
                        case NEW -> insert(inserting, i);
                        case NEWER -> update(updating, i);
                        default -> 0;
                    };
                }
                return written;
            }
        }

        private int insert(PreparedStatement inserting, int i) throws SQLException {
            insert.set(inserting, rows.get(i));
            return inserting.executeUpdate();
        }

        private int update(PreparedStatement updating, int i) throws SQLException {
            update.set(updating, rows.get(i));
            updating.setLong(update.parameter("id"), ids[i]);
            return updating.executeUpdate();
        }

        private PreparedStatement prepare(RowStatement of) throws SQLException {
            PreparedStatement statement = connection.prepareStatement(of.sql());
            statement.setString(of.parameter("written_at"), now());
            return statement;
        }

        private String now() throws SQLException {
            try (Statement statement = connection.createStatement();
                    ResultSet now = statement.executeQuery(time)) {
                now.next();
                return now.getString(1);
            }
        }
    }
}

package io.tokensync.cli.jdbc;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.tokensync.cli.parquet.ParquetColumn;
import io.tokensync.cli.parquet.ParquetType;
import io.tokensync.common.jdbc.Dialect;

/**
 * The types of the columns of a query, the same on both products, whatever the rows have. SQLite declares neither times nor truths,
 * and nothing for what a view computes: there the names of this project's own columns say it.
 */
final class ColumnTypes {
    private static final Set<String> TRUTHS = Set.of("announced", "ipfs_fetched", "is_deleted");
    private static final Set<String> TIMES = Set.of("as_of", "created_at", "db_last_modified", "deleted_at", "end_time",
            "last_equal_as_of", "last_heard_at", "last_modified", "last_modified_at", "last_moved_at", "last_processed",
            "last_processed_at", "last_synced_at", "last_updated_at", "last_written_at", "looked_at", "observed_at",
            "problem_since", "scan_ended_at", "scan_started_at", "start_time", "synced_at", "transaction_time",
            "updated_at", "verified_at");
    /** Whole numbers that views compute. */
    private static final Set<String> COMPUTED = Set.of("burnt_on_nodes", "capacity", "free_on_nodes", "ft_index",
            "hours_silent", "hours_unchanged", "listed_on_nodes", "owners", "parent_free_on_nodes",
            "parent_listed_on_nodes", "part_number", "parts", "parts_without_value", "rows_deleted", "rows_listed",
            "token_level", "token_number", "tokens_beyond_supply", "tokens_burnt", "tokens_free", "tokens_impossible",
            "tokens_pledged", "tokens_seen", "transferred_on_nodes");

    private final Dialect dialect;
    private final boolean timesAreTexts;

    ColumnTypes(Dialect dialect, boolean timesAreTexts) {
        this.dialect = dialect;
        this.timesAreTexts = timesAreTexts;
    }

    List<ParquetColumn> of(ResultSetMetaData meta) throws SQLException {
        List<ParquetColumn> columns = new ArrayList<>();
        for (int column = 1; column <= meta.getColumnCount(); column++) {
            ParquetType type = type(meta, column);
            boolean isText = timesAreTexts && type == ParquetType.TIME;
            columns.add(new ParquetColumn(meta.getColumnLabel(column), isText ? ParquetType.TEXT : type));
        }
        return columns;
    }

    private ParquetType type(ResultSetMetaData meta, int column) throws SQLException {
        String name = meta.getColumnLabel(column).toLowerCase(Locale.ROOT);
        if (TRUTHS.contains(name)) {
            return ParquetType.TRUTH;
        }
        return dialect == Dialect.SQLITE ? named(name, meta, column) : declared(meta.getColumnType(column));
    }

    /** What is computed has no table; the driver would say of it what the first row has. */
    private static ParquetType named(String name, ResultSetMetaData meta, int column) throws SQLException {
        if (TIMES.contains(name)) {
            return ParquetType.TIME;
        }
        if (COMPUTED.contains(name)) {
            return ParquetType.INTEGER;
        }
        String table = meta.getTableName(column);
        if (table == null || table.isEmpty()) {
            return ParquetType.TEXT;
        }
        return switch (meta.getColumnTypeName(column).toUpperCase(Locale.ROOT)) {
            case "INTEGER" -> ParquetType.INTEGER;
            case "REAL" -> ParquetType.NUMBER;
            default -> ParquetType.TEXT;
        };
    }

    /** A decimal is text: it has more digits than a DOUBLE. */
    private static ParquetType declared(int type) {
        return switch (type) {
            case Types.BIGINT, Types.INTEGER, Types.SMALLINT, Types.TINYINT -> ParquetType.INTEGER;
            case Types.FLOAT, Types.REAL, Types.DOUBLE -> ParquetType.NUMBER;
            case Types.BIT, Types.BOOLEAN -> ParquetType.TRUTH;
            case Types.TIMESTAMP -> ParquetType.TIME;
            default -> ParquetType.TEXT;
        };
    }
}

package io.tokensync.tds.jdbc;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import io.tokensync.tds.faults.Checkpoints;
import io.tokensync.tds.protocol.Answer;
import io.tokensync.tds.protocol.ColMetadata;
import io.tokensync.tds.protocol.Row;
import io.tokensync.tds.sql.DeclaredType;
import io.tokensync.tds.types.TypeInfo;

/** Writes results of H2 as COLMETADATA and rows. */
final class Results {
    private final Catalogue catalogue;
    private final Checkpoints checkpoints;
    private final Cancellation cancellation;

    Results(Catalogue catalogue, Checkpoints checkpoints, Cancellation cancellation) {
        this.catalogue = catalogue;
        this.checkpoints = checkpoints;
        this.cancellation = cancellation;
    }

    List<ColMetadata.Column> describe(ResultSetMetaData meta, Answer answer) throws SQLException, IOException {
        List<ColMetadata.Column> columns = new ArrayList<>();
        for (int i = 1; i <= meta.getColumnCount(); i++) {
            columns.add(column(meta, i));
        }
        answer.send(new ColMetadata(columns));
        return columns;
    }

    private ColMetadata.Column column(ResultSetMetaData meta, int i) throws SQLException {
        DeclaredType declared = catalogue.declared(meta.getSchemaName(i), meta.getTableName(i), meta.getColumnName(i));
        TypeInfo type = declared == null ? H2Types.wire(meta, i) : declared.wire();
        boolean nullable = meta.isNullable(i) != ResultSetMetaData.columnNoNulls;
        return new ColMetadata.Column(label(meta.getColumnLabel(i)), type, nullable, meta.isAutoIncrement(i));
    }

    /** H2 names an expression by its text; SQL Server gives it no name. */
    private static String label(String label) {
        boolean expression = label.isEmpty() || label.contains("(") || label.contains("'") || label.contains("?")
                || Character.isDigit(label.charAt(0));
        return expression ? "" : label;
    }

    /** Writes all rows and returns how many there were. */
    long write(ResultSet rows, Answer answer) throws SQLException, IOException {
        List<ColMetadata.Column> columns = describe(rows.getMetaData(), answer);
        long count = 0;
        while (!cancellation.requested() && rows.next()) {
            checkpoints.row();
            Object[] values = new Object[columns.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = H2Types.value(rows, i + 1, columns.get(i).type());
            }
            answer.send(new Row(columns, values));
            count++;
        }
        return count;
    }
}

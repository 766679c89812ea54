package io.tokensync.writer.schema;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.sql.DataSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The queries of a document, each the first block of SQL under a heading, and what a database answers to them. */
final class GuideQueries {
    private static final Pattern QUERY = Pattern.compile("### ([^\n]+)\n(?:(?!### ).)*?```sql\n(.+?)```",
            Pattern.DOTALL);
    private static final Pattern BLOCK = Pattern.compile("^```sql$", Pattern.MULTILINE);
    private static final int TO_THE_SECOND = "2026-01-01 00:00:00".length();

    private GuideQueries() {}

    /** The queries by heading. */
    static Map<String, String> of(Path document) throws IOException {
        String text = Files.readString(document);
        Map<String, String> queries = new LinkedHashMap<>();
        Matcher matcher = QUERY.matcher(text);
        while (matcher.find()) {
            queries.put(matcher.group(1), matcher.group(2));
        }
        assertThat(BLOCK.matcher(text).results().count()).as("a query has a heading of its own")
                .isEqualTo(queries.size());
        return queries;
    }

    /** The rows of the answer, values joined by bars. */
    static List<String> rows(DataSource database, String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                StringJoiner row = new StringJoiner("|");
                for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
                    row.add(text(result, column));
                }
                rows.add(row.toString());
            }
        }
        return rows;
    }

    /** What the drivers show differently: ids in capitals, bits as words, times with zeros; and what the day decides. */
    private static String text(ResultSet result, int column) throws SQLException {
        String value = String.valueOf(result.getString(column));
        return switch (result.getMetaData().getColumnLabel(column).toLowerCase(Locale.ROOT)) {
            case "session_id" -> value.toLowerCase(Locale.ROOT);
            case "ipfs_fetched" -> switch (value.toLowerCase(Locale.ROOT)) {
                case "false" -> "0";
                case "true" -> "1";
                default -> value;
            };
            case "first_synced", "last_synced" -> value.substring(0, TO_THE_SECOND);
            case "as_of", "last_equal_as_of" -> result.getString(column) == null
                    ? value
                    : value.substring(0, TO_THE_SECOND).replace('T', ' ');
            case "hours_silent", "hours_unchanged" -> value.matches("-?[0-9]+") ? "hours" : value;
            default -> value;
        };
    }
}

package io.tokensync.scanner.source.postgres;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

import io.tokensync.scanner.source.TokenColumn;

/**
 * The statements that read one table. Each row has its place, whether it is unread, read, or has a value too long to be
 * read, its values as text, and whether an earlier table has its id. A row that was written before the last reading comes
 * unread: a place of PostgreSQL never changes its content, so that it is as it was.
 */
final class PageQueries {
    /** Values too long to be read, whose lengths are behind the others. */
    static final int TOO_LONG = 2;
    /** Only its place. */
    static final int UNREAD = 0;
    /** Places of the columns before the values. */
    static final int STATE = 2;
    static final int FIRST_VALUE = 3;

    private static final String IN_PLACES = " WHERE t.ctid >= ?::tid AND t.ctid < ?::tid";
    private static final BigInteger ROW_IDS = BigInteger.ONE.shiftLeft(32);

    private final PostgresTable table;
    private final List<TokenColumn> columns;
    private final String unread;
    private final List<String> earlier;

    /**
     * @param readBefore the id of the transaction below which rows need not be read; empty to read all
     * @param earlier names of the tables whose rows take precedence; each has an index of its ids
     */
    PageQueries(PostgresTable table, Optional<BigInteger> readBefore, List<String> earlier) {
        this.earlier = earlier;
        this.table = table;
        this.columns = List.copyOf(table.columns().keySet());
        this.unread = readBefore.map(id -> "age(t.xmin) > age('" + id.mod(ROW_IDS) + "'::xid)")
                .orElse("false");
    }

    /** The columns whose values are read, in their order. */
    List<TokenColumn> columns() {
        return columns;
    }

    /** Place of the column behind the values and their lengths: whether an earlier table has the id. */
    static int inEarlierTable(int columns) {
        return FIRST_VALUE + 2 * columns;
    }

    /** Rows from one place to before another. Arguments: both, as text. */
    String page() {
        return select(unread) + IN_PLACES;
    }

    /** As {@link #page}, and none unread. */
    String block() {
        return select("false") + IN_PLACES;
    }

    /** The rows with these ids. Argument: them, as array. */
    String byId() {
        return select("false") + " WHERE t.token_id = ANY(?)";
    }

    private String select(String isUnread) {
        String tooLong = columns.stream().filter(table.columns()::get).map(PageQueries::isTooLong)
                .collect(Collectors.joining(" OR ", "(", ")"));
        String values = columns.stream().map(column -> "CASE WHEN " + isUnread
                + (table.columns().get(column) ? " OR " + isTooLong(column) : "") + " THEN NULL ELSE " + text(column)
                + " END").collect(Collectors.joining(", "));
        String lengths = columns.stream().map(column -> table.columns().get(column)
                ? "CASE WHEN " + isTooLong(column) + " THEN " + length(column) + " END"
                : "NULL").collect(Collectors.joining(", "));
        return "SELECT t.ctid, CASE WHEN " + isUnread + " THEN " + UNREAD + " WHEN " + tooLong + " THEN " + TOO_LONG
                + " ELSE 1 END, " + values + ", " + lengths + ", " + isInEarlierTable(isUnread) + " FROM "
                + table.name() + " t";
    }

    private String isInEarlierTable(String isUnread) {
        return earlier.isEmpty()
                ? "false"
                : earlier.stream().map(name -> "EXISTS (SELECT FROM " + name + " e WHERE e.token_id = t.token_id)")
                        .collect(Collectors.joining(" OR ", "CASE WHEN " + isUnread + " THEN false ELSE ", " END"));
    }

    private static String isTooLong(TokenColumn column) {
        return length(column) + " > " + column.mostBytes();
    }

    /** Known to the server without fetching a long text. */
    private static String length(TokenColumn column) {
        return "octet_length(" + text(column) + ")";
    }

    private static String text(TokenColumn column) {
        return "t." + column.name().toLowerCase(Locale.ROOT) + "::text";
    }
}

package io.tokensync.monitor.table.jdbc;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.tokensync.monitor.table.Found;
import io.tokensync.monitor.table.Place;
import io.tokensync.monitor.table.Search;
import io.tokensync.monitor.table.jdbc.Ranges.Range;

/**
 * One page of a search: range after range, until the page is full, nothing is left, or as many rows were examined as a page may.
 * The next page goes on behind the last row that was examined.
 */
final class TokenSearch {
    /** Measured: a page that finds nothing among so many takes some tens of milliseconds (ADR 112). */
    static final int EXAMINED = 10_000;

    private final Reader reader;
    private final Search search;
    private final int examined;

    TokenSearch(Reader reader, Search search) {
        this(reader, search, EXAMINED);
    }

    /** @param examined rows of a range that a page looks at */
    TokenSearch(Reader reader, Search search, int examined) {
        this.reader = reader;
        this.search = search;
        this.examined = examined;
    }

    /** A row and the range that it is from. */
    private record Hit(Range range, Map<String, Object> row) {
        Place place() {
            return placeOf(range, row);
        }
    }

    Found page(Place after, int limit) throws SQLException {
        List<Hit> hits = new ArrayList<>();
        for (Range range : Ranges.of(search, reader)) {
            int before = range.part().compareTo(after.part());
            if (before < 0) {
                continue;
            }
            Place from = before == 0 ? after : new Place(range.part(), "", 0);
            Optional<Place> boundary = read(range, from, limit + 1 - hits.size(), hits);
            if (hits.size() > limit) {
                return new Found(rows(hits.subList(0, limit)), Optional.of(hits.get(limit - 1).place()), false);
            }
            if (boundary.isPresent()) {
                return new Found(rows(hits), boundary, true);
            }
        }
        return new Found(rows(hits), Optional.empty(), false);
    }

    /** Adds what it finds; returns where it has stopped to look, when it has. */
    private Optional<Place> read(Range range, Place from, int wanted, List<Hit> hits) throws SQLException {
        RangeStatement statement = new RangeStatement(range, reader.dialect(), search.prefix().orElse(""));
        Condition rest = new Filters(search, range.path(), reader.dialect()).all();
        Optional<Place> boundary = Optional.empty();
        if (range.path() != AccessPath.TOKEN && !rest.isEmpty()) {
            boundary = ask(statement.boundary(from, examined)).stream().findFirst().map(row -> placeOf(range, row));
        }
        ask(statement.page(from, boundary.orElse(null), rest, wanted))
                .forEach(row -> hits.add(new Hit(range, row)));
        return boundary;
    }

    private List<Map<String, Object>> ask(Condition statement) throws SQLException {
        return reader.rows(statement.sql(), statement.values());
    }

    private static Place placeOf(Range range, Map<String, Object> row) {
        return new Place(range.part(), range.path().isByToken() ? (String) row.get("token_id") : "",
                (Long) row.get("id"));
    }

    private static List<Map<String, Object>> rows(List<Hit> hits) {
        return hits.stream().map(Hit::row).toList();
    }
}

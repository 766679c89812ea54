package io.tokensync.monitor.table;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A page of a search.
 *
 * @param rows by name of the column
 * @param next where the next page begins; empty when there is none
 * @param examined whether the page ends because as many rows were examined as one page may, not because it is full
 */
public record Found(List<Map<String, Object>> rows, Optional<Place> next, boolean examined) {
    public Found {
        rows = List.copyOf(rows);
    }
}

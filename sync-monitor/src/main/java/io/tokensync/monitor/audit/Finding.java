package io.tokensync.monitor.audit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What was found of one kind.
 *
 * @param kind of what
 * @param rows how many rows stand behind it, of which only some may be here
 * @param columns names of their columns
 * @param sample a page of the rows; a value may be null
 */
public record Finding(FindingKind kind, long rows, List<String> columns, List<List<String>> sample)
        implements
            KindAnswer {
    public Finding {
        columns = List.copyOf(columns);
        sample = sample.stream().map(row -> Collections.unmodifiableList(new ArrayList<>(row))).toList();
    }
}

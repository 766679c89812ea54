package io.tokensync.cli.output;

import java.util.Iterator;
import java.util.List;

/** Rows that are in memory. */
public final class ListedRows implements RowSource<RuntimeException> {
    private final List<String> labels;
    private final Iterator<List<String>> rows;
    private List<String> present = List.of();

    /**
     * @param labels names of the columns
     * @param rows each with a text, which may be null, for each of the columns
     */
    public ListedRows(List<String> labels, List<List<String>> rows) {
        this.labels = List.copyOf(labels);
        this.rows = rows.iterator();
    }

    @Override
    public List<String> labels() {
        return labels;
    }

    @Override
    public boolean next() {
        if (!rows.hasNext()) {
            return false;
        }
        present = rows.next();
        return true;
    }

    @Override
    public String text(int column) {
        return present.get(column);
    }
}

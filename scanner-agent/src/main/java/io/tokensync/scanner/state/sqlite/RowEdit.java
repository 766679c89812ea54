package io.tokensync.scanner.state.sqlite;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import io.tokensync.scanner.state.PublishedKey;
import io.tokensync.scanner.state.PublishedRow;

/**
 * What is to be remembered under one key from now on.
 *
 * @param row null when it is to be forgotten
 */
record RowEdit(PublishedKey key, PublishedRow row) {
    private static final Comparator<RowEdit> BY_KEY = Comparator.comparing(RowEdit::key);

    /** One edit a key, in their order: of rows with the same key the last one counts, and a deletion more than any row. */
    static List<RowEdit> of(List<PublishedRow> published, List<PublishedKey> deleted) {
        List<RowEdit> all = new ArrayList<>(published.size() + deleted.size());
        published.forEach(row -> all.add(new RowEdit(row.key(), row)));
        deleted.forEach(key -> all.add(new RowEdit(key, null)));
        return isInOrder(all) ? all : inOrder(all);
    }

    /** As the batch of a table scan is. */
    private static boolean isInOrder(List<RowEdit> edits) {
        for (int i = 1; i < edits.size(); i++) {
            if (BY_KEY.compare(edits.get(i - 1), edits.get(i)) >= 0) {
                return false;
            }
        }
        return true;
    }

    private static List<RowEdit> inOrder(List<RowEdit> all) {
        all.sort(BY_KEY); // stable
        List<RowEdit> edits = new ArrayList<>(all.size());
        for (RowEdit edit : all) {
            if (!edits.isEmpty() && edits.getLast().key.equals(edit.key)) {
                edits.removeLast();
            }
            edits.add(edit);
        }
        return edits;
    }

    /** The rows as they are behind the edits; both in the order of keys, and so is the new list. */
    static List<PublishedRow> merge(List<PublishedRow> rows, List<RowEdit> edits) {
        List<PublishedRow> merged = new ArrayList<>(rows.size() + edits.size());
        int next = 0;
        for (RowEdit edit : edits) {
            while (next < rows.size() && rows.get(next).key().compareTo(edit.key) < 0) {
                merged.add(rows.get(next++));
            }
            if (next < rows.size() && rows.get(next).key().equals(edit.key)) {
                next++;
            }
            if (edit.row != null) {
                merged.add(edit.row);
            }
        }
        merged.addAll(rows.subList(next, rows.size()));
        return merged;
    }
}

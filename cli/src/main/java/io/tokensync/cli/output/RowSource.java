package io.tokensync.cli.output;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows to be printed, looked at one after the other.
 *
 * @param <E> what reading them may throw
 */
public interface RowSource<E extends Exception> {
    /** The names of the columns, in order. */
    List<String> labels() throws E;

    /** Goes to the next row, at first to the first one; false behind the last. */
    boolean next() throws E;

    /** The text of a column of the present row, counted from 0; null when it has none. */
    String text(int column) throws E;

    /** As {@link #text}, but a number or a truth stays one. */
    default Object value(int column) throws E {
        return text(column);
    }

    /** The texts of the present row. */
    default List<String> texts(int columns) throws E {
        List<String> texts = new ArrayList<>(columns);
        for (int column = 0; column < columns; column++) {
            texts.add(text(column));
        }
        return texts;
    }
}

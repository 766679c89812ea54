package io.tokensync.simulator;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

import io.tokensync.simulator.content.Dice;
import io.tokensync.simulator.truth.Truth;
import io.tokensync.simulator.truth.TruthRow;

/** A node at work, and the rows that SQL must hold of it. Each edit is one transaction; the rows follow its commit. */
interface LiveNode extends AutoCloseable {
    Truth.Node truth();

    List<TruthRow> rows();

    /** Moves a token along its life; false when none was found that can move. */
    boolean move(Dice dice, Instant when) throws IOException;

    /** Gives a token another transaction id; false when none has one. */
    boolean touch(Dice dice, Instant when) throws IOException;

    /** Adds the whole token with this index, for the first DID. */
    void mint(long index, Instant when) throws IOException;

    /**
     * Burns a whole token and adds its parts; false when none was found that is free.
     *
     * @param indices gives the index of a new token, where parts have one
     */
    boolean split(Dice dice, Instant when, LongSupplier indices) throws IOException;

    /** Deletes a row; false when there is none to delete. */
    boolean delete(Dice dice) throws IOException;

    /** Starts the node with the next release; false when it has the newest. */
    boolean upgrade() throws IOException;

    /** Closes the database, and so forgets what is not committed; the next edit opens it again. */
    @Override
    void close() throws IOException;

    /** A row with nothing wrong, so that the node's own change cannot repair it; drawn a number of times. */
    static OptionalInt draw(List<TruthRow> rows, Dice dice, Predicate<TruthRow> wanted) {
        for (int i = 0; i < 30 && !rows.isEmpty(); i++) {
            int at = dice.below(rows.size());
            TruthRow row = rows.get(at);
            if (row.validationCodes().isEmpty() && wanted.test(row)) {
                return OptionalInt.of(at);
            }
        }
        return OptionalInt.empty();
    }

    /** What the parts of a token are worth: thousandths that add up to one. */
    static List<BigDecimal> parts(Dice dice) {
        int count = dice.between(2, 5);
        List<BigDecimal> parts = new ArrayList<>();
        int left = 1000;
        for (int number = 1; number <= count; number++) {
            int value = number == count ? left : dice.between(1, left / 2);
            left -= value;
            parts.add(BigDecimal.valueOf(value, 3));
        }
        return parts;
    }
}

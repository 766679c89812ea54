package io.tokensync.tds.faults;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Which events a fault answers to.
 *
 * @param matches the kind of event
 * @param first the number, from 1, of the first matching event that is hit, counted from when the fault was scripted
 * @param times how many matching events in a row are hit
 */
public record Occasion(Predicate<Event> matches, long first, long times) {
    public Occasion {
        if (first < 1 || times < 1) {
            throw new IllegalArgumentException("occasions are counted from 1: first=" + first + ", times=" + times);
        }
    }

    /** The nth connection from now. */
    public static Occasion connection(int nth) {
        return new Occasion(Event.Connected.class::isInstance, nth, 1);
    }

    /** The nth login from now. */
    public static Occasion login(int nth) {
        return new Occasion(Event.LoggingIn.class::isInstance, nth, 1);
    }

    /** The next statement in which the pattern is found, whatever the case of its letters. */
    public static Occasion statement(String regex) {
        Pattern pattern = Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
        return new Occasion(
                event -> event instanceof Event.Executing(String text) && pattern.matcher(text).find(), 1, 1);
    }

    /** The arrival of this row, counted from 1, in the next bulk load that has so many. */
    public static Occasion bulkRow(long row) {
        return new Occasion(event -> event instanceof Event.Loading(long number) && number == row, 1, 1);
    }

    /** The nth commit from now of a transaction that a client began. */
    public static Occasion commit(int nth) {
        return new Occasion(Event.Committing.class::isInstance, nth, 1);
    }

    /** The same, at the nth match instead of the first. */
    public Occasion nth(long nth) {
        return new Occasion(matches, nth, times);
    }

    /** The same, for so many matches in a row. */
    public Occasion times(long count) {
        return new Occasion(matches, first, count);
    }

    /** The same, for every match from the first on. */
    public Occasion always() {
        return times(Long.MAX_VALUE - first);
    }
}

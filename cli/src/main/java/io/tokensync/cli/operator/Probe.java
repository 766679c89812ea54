package io.tokensync.cli.operator;

/**
 * One thing that is tried.
 *
 * @param name what it is, in a few words
 * @param tried where, for people; never a secret
 * @param cure what to do when it does not work, unless its failure knows better ({@link ProbeFailure})
 * @param attempt what is done
 */
public record Probe(String name, String tried, String cure, Attempt attempt) {
    /** What a probe does. */
    @FunctionalInterface
    public interface Attempt {
        /**
         * Tries it.
         *
         * @return what was found, in a few words
         * @throws Exception when it does not work; the message is for people
         */
        String run() throws Exception;
    }
}

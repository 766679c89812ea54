package io.tokensync.cli.operator;

/** One thing that is tried. */
public interface Probe {
    /** What it is, in a few words. */
    String name();

    /**
     * Tries it.
     *
     * @return what was found, in a few words
     * @throws Exception when it does not work; the message is for people
     */
    String run() throws Exception;

    /** A probe of this name. */
    static Probe of(String name, Attempt attempt) {
        return new Probe() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public String run() throws Exception {
                return attempt.run();
            }
        };
    }

    /** What a probe does. */
    @FunctionalInterface
    interface Attempt {
        String run() throws Exception;
    }
}

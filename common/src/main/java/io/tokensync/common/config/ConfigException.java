package io.tokensync.common.config;

import java.util.List;

/**
 * The configuration cannot be used. The message names the file and then every problem on its own line; it holds no
 * secret, and there is no cause, because a parser's own message quotes the line it stumbled over.
 */
public final class ConfigException extends RuntimeException {
    private final List<String> problems;

    /**
     * @param origin the file, or another name of where the settings come from
     * @param problems what is wrong, one sentence each; not empty
     */
    public ConfigException(String origin, List<String> problems) {
        super(message(origin, problems));
        this.problems = List.copyOf(problems);
    }

    /** What is wrong, one sentence each. */
    public List<String> problems() {
        return problems;
    }

    private static String message(String origin, List<String> problems) {
        String count = problems.size() == 1 ? "1 problem" : problems.size() + " problems";
        return origin + ": " + count + System.lineSeparator() + "  "
                + String.join(System.lineSeparator() + "  ", problems);
    }
}

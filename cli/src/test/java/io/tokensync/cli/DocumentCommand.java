package io.tokensync.cli;

import java.util.List;
import java.util.Optional;

/**
 * A command that a document tells its reader to type.
 *
 * @param document the file, below the root of the project
 * @param words what is typed, without comments, variables and {@code nohup}
 * @param inText whether it stands in a sentence, where what it needs may be left out, and not in a block of its own
 * @param notRun why no test runs it, as a comment above its block says; empty when one does
 */
record DocumentCommand(String document, List<String> words, boolean inText, Optional<String> notRun) {
    static final String TOKENSYNC = "./tokensync";

    String program() {
        return words.getFirst();
    }

    List<String> arguments() {
        return words.subList(1, words.size());
    }

    /** What a block tells to do with this project. */
    boolean isRun() {
        return !inText && notRun.isEmpty() && program().equals(TOKENSYNC);
    }

    @Override
    public String toString() {
        return document + ": " + String.join(" ", words);
    }
}

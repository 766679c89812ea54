package io.tokensync.cli.output;

import picocli.CommandLine.Option;

import io.tokensync.cli.terminal.Printable;
import io.tokensync.common.serde.RecordJson;

/** The option {@code --json} of a command that has one answer. */
public final class JsonOption {
    @Option(names = "--json", description = "one JSON document on standard output, and nothing else there")
    private boolean asked;

    /** Whether it was given. */
    public boolean isAsked() {
        return asked;
    }

    /** A record or a map as a document: names in snake_case, times as text, nothing for null. */
    public static String document(Object value) {
        return Printable.lines(RecordJson.pretty(value));
    }
}

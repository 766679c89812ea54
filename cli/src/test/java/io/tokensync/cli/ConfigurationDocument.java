package io.tokensync.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.tokensync.common.config.ConfigKey;

/** Writes {@code docs/configuration.md} from the declarations of the keys. */
final class ConfigurationDocument {
    private static final String HEAD = """
            # Configuration

            <!-- Generated from the declarations of the keys; do not edit. HOW-TO-WRITE-IT -->

            A process reads one YAML file, `--config FILE`; `tokensync config init --stage writer` writes one with every key of
            a stage, and `deploy/config/` has an example of each. Dots are levels of the file: `writer.batch.rows` is `rows:`
            below `batch:` below `writer:`. What is wrong is said all at once, with its line, and an unknown key with the
            nearest one that exists. `--check-config` shows what is in use and where it comes from, secrets masked.

            - **Environment.** The variable in the last column wins over the file. An empty variable is one that is not set.
            - **Files.** With `_FILE` behind it a variable names a file that holds the value. Of a secret, the key with `-file`
              behind it does the same in the YAML: `writer.sql.password-file: /run/secrets/sql`.
            - **Units.** Times are whole numbers with `ms`, `s`, `m`, `h` or `d`, sizes with `B`, `KiB`, `MiB` or `GiB`; a
              number without a unit is rejected. A list may be one text with commas between its items.
            - **No keys.** `TOKENSYNC_LOG_LEVEL`, `TOKENSYNC_JAVA_OPTS`, `TOKENSYNC_HOME` and `TOKENSYNC_DATA` are read
              before any configuration; `-v` and `-q` of every command win over the first.

            "Python" says what of the Python tool a key stands for; the rest of that tool is in
            [migrate-from-python.md](migrate-from-python.md).
            """;
    private static final Map<String, String> SECTIONS = sections();

    private ConfigurationDocument() {}

    private static Map<String, String> sections() {
        Map<String, String> sections = new LinkedHashMap<>();
        sections.put("kafka", "Where Kafka is: in the file of every stage.");
        sections.put("topics",
                "The topics of an installation: for `tokensync topics`, and allowed in the file of every "
                        + "stage, which takes the names from here.");
        sections.put("scanner", "For the scanner, one on each machine with nodes.");
        sections.put("enricher", "For the enricher.");
        sections.put("content", "For the enricher: when content that has not come is asked for again.");
        sections.put("writer", "For the writer; `writer.sql` is read by every command that needs the database.");
        sections.put("monitor", "For the monitor: its page, the audit and the alerts.");
        sections.put("admin", "The admin endpoint of every stage.");
        sections.put("local",
                "For `tokensync local`, whose file has the keys of the scanner, the enricher, the writer and "
                        + "the monitor too.");
        return sections;
    }

    /**
     * The document.
     *
     * @param howToGenerate a sentence for whoever wants to change it
     * @throws IllegalArgumentException for a key of a section that nobody has described
     */
    static String of(List<ConfigKey<?>> keys, String howToGenerate) {
        Map<String, List<ConfigKey<?>>> bySection = keys.stream()
                .collect(Collectors.groupingBy(ConfigurationDocument::section));
        if (!SECTIONS.keySet().containsAll(bySection.keySet())) {
            throw new IllegalArgumentException("a section without a description: " + bySection.keySet());
        }
        StringBuilder text = new StringBuilder(HEAD.replace("HOW-TO-WRITE-IT", howToGenerate));
        SECTIONS.forEach((section, what) -> {
            text.append("\n## ").append(section).append("\n\n").append(what).append("\n\n")
                    .append("| key | what it is for | type | bounds | default | Python | variable |\n")
                    .append("|---|---|---|---|---|---|---|\n");
            bySection.getOrDefault(section, List.of()).forEach(key -> text.append(row(key)));
        });
        return text.toString();
    }

    private static String section(ConfigKey<?> key) {
        return key.name().replaceFirst("\\..*", "");
    }

    private static <T> String row(ConfigKey<T> key) {
        String below = key.type().isMap() ? ".…" : "";
        String variable = key.variable() + (key.type().isMap() ? "_…" : "");
        String standard = key.defaultValue().map(key::format).filter(text -> !text.isEmpty())
                .map(text -> "`" + text + "`")
                .orElse("");
        return "| `" + key.name() + below + "` | " + key.sentence() + " | " + key.type().title() + " | "
                + key.boundsText()
                + " | " + standard + " | " + key.replaces().orElse("") + " | `" + variable + "` |\n";
    }
}

package io.tokensync.cli.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.tokensync.cli.config.ConfiguredStage.Offered;
import io.tokensync.common.config.ConfigKey;

/**
 * A configuration file in YAML. What is commented out begins with {@code #} without a space, at the level of the outermost
 * key that is: without that character the line is right as it stands.
 */
final class ConfigTemplate {
    private static final int WIDTH = 110;
    private static final String LEVEL = "  ";
    /** Where a reader looks first; the topics, which only their names connect with a stage, last. */
    private static final List<String> ORDER = List.of("local", "kafka", "scanner", "enricher", "content", "writer",
            "monitor", "admin", "topics");

    private final ConfiguredStage stage;
    private final String version;

    ConfigTemplate(ConfiguredStage stage, String version) {
        this.stage = stage;
        this.version = version;
    }

    /** A level of the file: keys, and levels below, in the order of their declarations. */
    private static final class Level {
        private final Map<String, Level> below = new LinkedHashMap<>();
        private Offered offered;
        private boolean set;

        Level at(String name) {
            return below.computeIfAbsent(name, _ -> new Level());
        }
    }

    String text() {
        Level root = new Level();
        ORDER.forEach(root::at);
        stage.keys().forEach(key -> put(root, key));
        List<String> lines = new ArrayList<>(head());
        root.below.forEach((name, section) -> {
            if (!section.below.isEmpty()) {
                lines.add("");
                lines.addAll(lines(name, section));
            }
        });
        return String.join("\n", lines) + "\n";
    }

    private List<String> head() {
        String command = "tokensync " + stage + " --config FILE";
        return List.of("# Configuration of " + command + ", written by tokensync " + version + ": config init.",
                "# What is set is needed: put your own values there. Every other key stands with its default, commented",
                "# out; without the # in front of it (and of the keys above it) it is set. A key without a value has no",
                "# default. " + command + " --check-config shows what is in use and what is wrong.");
    }

    private void put(Level root, Offered offered) {
        ConfigKey<?> key = offered.key();
        boolean set = stage.needed().containsKey(key.name());
        Level level = root;
        for (String name : key.name().split("\\.", -1)) {
            level = level.at(name);
            level.set |= set;
        }
        level.offered = offered;
    }

    /** The lines of a level that is set, or of one that is commented out, from the first column. */
    private List<String> lines(String name, Level level) {
        if (!level.set) {
            List<String> lines = plain(name, level);
            int sentence = level.offered == null ? 0 : comment(sentence(level)).size();
            return IntStream.range(0, lines.size())
                    .mapToObj(at -> at < sentence ? lines.get(at) : "#" + lines.get(at)).toList();
        }
        List<String> lines = new ArrayList<>();
        if (level.offered != null) {
            lines.addAll(comment(sentence(level)));
            lines.add(line(name, value(stage.needed().get(level.offered.key().name()))));
        } else {
            lines.add(name + ":");
            level.below.forEach((below, next) -> lines(below, next).forEach(line -> lines.add(LEVEL + line)));
        }
        return lines;
    }

    /** The lines of a level of which nothing is set, as they stand when they are not commented out. */
    private static List<String> plain(String name, Level level) {
        List<String> lines = new ArrayList<>();
        if (level.offered != null) {
            lines.addAll(comment(sentence(level)));
            lines.add(standard(name, level));
        } else {
            lines.add(name + ":");
            level.below.forEach((below, next) -> plain(below, next).forEach(line -> lines.add(LEVEL + line)));
        }
        return lines;
    }

    private static String sentence(Level level) {
        ConfigKey<?> key = level.offered.key();
        String bounds = key.boundsText().isEmpty() ? "" : ", " + key.boundsText();
        String secret = key.type().isSecret()
                ? " Its variable is " + key.variable() + ", or " + key.variable() + "_FILE."
                : "";
        return (level.set ? "NEEDED: " : "") + key.sentence() + " [" + key.type().title() + bounds + "]" + secret;
    }

    private static String standard(String name, Level level) {
        ConfigKey<?> key = level.offered.key();
        if (key.type().isMap()) {
            return name + ": {}";
        }
        if (key.type().isSecret()) {
            return name + "-file:";
        }
        boolean list = key.defaultValue().filter(Collection.class::isInstance).isPresent();
        return level.offered.value().filter(value -> list || !value.isEmpty()).map(value -> line(name, list
                ? value(value.isEmpty() ? List.of() : List.of(value.split(", ", -1)))
                : quoted(value))).orElse(name + ":");
    }

    private static String line(String name, String value) {
        return name + ": " + value;
    }

    private static String value(Object value) {
        return value instanceof Collection<?> items
                ? items.stream().map(item -> quoted(String.valueOf(item))).collect(Collectors.joining(", ", "[", "]"))
                : quoted(String.valueOf(value));
    }

    /** In quotes unless it is one plain word. */
    private static String quoted(String text) {
        return text.matches("[A-Za-z0-9/._][A-Za-z0-9/._-]*")
                ? text
                : '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** In lines that are not too long. */
    private static List<String> comment(String sentence) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder("#");
        for (String word : sentence.split(" ", -1)) {
            if (line.length() + word.length() >= WIDTH) {
                lines.add(line.toString());
                line = new StringBuilder("#");
            }
            line.append(' ').append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}

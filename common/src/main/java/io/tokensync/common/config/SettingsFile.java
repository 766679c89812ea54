package io.tokensync.common.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/**
 * Reads a YAML file into dotted keys. Strict: a key set twice, a key without a value, an alias, a list of anything but
 * texts and a second document are problems; texts are kept as they are written.
 */
final class SettingsFile {
    private static final YAMLFactory YAML = new YAMLFactory();

    private final Problems problems;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final YAMLParser yaml;

    private SettingsFile(YAMLParser yaml, Problems problems) {
        this.yaml = yaml;
        this.problems = problems;
    }

    /**
     * The entries of the file by dotted key.
     *
     * @throws ConfigException when the file cannot be read or is not YAML
     */
    static Map<String, Entry> read(Path file, Problems problems) {
        try (YAMLParser yaml = (YAMLParser) YAML.createParser(ObjectReadContext.empty(), Files.readString(file))) {
            SettingsFile reading = new SettingsFile(yaml, problems);
            reading.document();
            SecretFile.warnOf(file, reading.secretKeys());
            return reading.entries;
        } catch (IOException e) {
            throw new ConfigException(file.toString(), List.of(unreadable(e)));
        } catch (JacksonException e) {
            throw new ConfigException(file.toString(), List.of(invalid(e)));
        }
    }

    private List<String> secretKeys() {
        return entries.entrySet().stream().filter(e -> isSecret(e.getKey(), e.getValue())).map(Map.Entry::getKey)
                .toList();
    }

    /** Whoever knows the address of a webhook may send to it; that of a database is no secret without a password in it. */
    private static boolean isSecret(String key, Entry entry) {
        String text = String.join(",", entry.values());
        boolean named = Redaction.isSecretKey(key) || key.endsWith("webhook.url");
        return !key.endsWith(Sources.FILE_SUFFIX) && (named || !Redaction.of(text).equals(text));
    }

    private static String unreadable(IOException failure) {
        return switch (failure) {
            case NoSuchFileException _ -> "there is no such file; name an existing one with --config FILE";
            case AccessDeniedException _ -> "this process may not read the file; give its user the right to";
            case CharacterCodingException _ -> "the file is not UTF-8 text; save it as UTF-8";
            default -> "the file cannot be read (" + failure.getClass().getSimpleName() + ")";
        };
    }

    /** Not the parser's own message: it quotes the line, which may hold a secret. */
    private static String invalid(JacksonException failure) {
        String what = failure.getCause() instanceof MarkedYamlEngineException marked
                ? marked.getProblem()
                : "unexpected text";
        return "line " + failure.getLocation().getLineNr() + ", column " + failure.getLocation().getColumnNr()
                + ": not valid YAML: " + what + "; check the indentation and the quotes there";
    }

    private void document() {
        JsonToken first = yaml.nextToken();
        if (first == null || first == JsonToken.VALUE_NULL) {
            return;
        }
        if (first != JsonToken.START_OBJECT) {
            problems.add(line() + ": the file must hold keys with values, such as kafka.bootstrap-servers: host:9092");
            return;
        }
        object("");
        if (yaml.nextToken() != null) {
            problems.add(line() + ": a second document in the file; leave one");
        }
    }

    private void object(String prefix) {
        Set<String> names = new HashSet<>();
        while (yaml.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = yaml.currentName();
            String key = prefix + name;
            if (!names.add(name)) {
                problems.add(key + " (" + line() + "): the key is there twice; leave one");
            }
            yaml.nextToken();
            value(key);
        }
    }

    private void value(String key) {
        switch (yaml.currentToken()) {
            case START_OBJECT -> object(key + ".");
            case START_ARRAY -> put(key, list(key));
            case VALUE_NULL -> problems.add(key + " (" + line() + "): has no value; give one or remove the line");
            default -> put(key, Entry.text(scalar(key), line()));
        }
    }

    private Entry list(String key) {
        String source = line();
        List<String> items = new ArrayList<>();
        while (yaml.nextToken() != JsonToken.END_ARRAY) {
            if (yaml.currentToken().isScalarValue() && yaml.currentToken() != JsonToken.VALUE_NULL) {
                items.add(scalar(key));
            } else {
                problems.add(key + " (" + line() + "): an item of the list is not a text");
                yaml.skipChildren();
            }
        }
        return Entry.list(items, source);
    }

    private String scalar(String key) {
        if (yaml.isCurrentAlias()) {
            problems.add(
                    key + " (" + line() + "): aliases are not supported; write the value, in quotes if it has a *");
        }
        return yaml.getString();
    }

    private void put(String key, Entry entry) {
        Entry earlier = entries.putIfAbsent(key, entry);
        if (earlier != null) {
            problems.add(key + ": set twice, at " + earlier.source() + " and " + entry.source() + "; leave one");
        }
    }

    private String line() {
        return "line " + yaml.currentTokenLocation().getLineNr();
    }
}

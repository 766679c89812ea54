package io.tokensync.scanner.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

import io.tokensync.common.serde.RecordJson;

/**
 * What commands leave for the agent, a file for each node: beside the state and not in it, so that nobody but the agent ever
 * writes the state. The command and the agent are two processes; a file appears whole or not.
 */
final class NodeFiles<T> {
    private static final Logger log = LoggerFactory.getLogger(NodeFiles.class);
    private static final String SUFFIX = ".json";

    private final Path directory;
    private final Class<T> type;
    private final Function<T, String> node;
    private final String what;

    /**
     * @param node the node that a record is about
     * @param what a record is, for people
     */
    NodeFiles(Path directory, Class<T> type, Function<T, String> node, String what) {
        this.directory = directory;
        this.type = type;
        this.node = node;
        this.what = what;
    }

    /**
     * Leaves a record, instead of an earlier one of the same node.
     *
     * @throws UncheckedIOException when it cannot be written
     */
    void put(T record) {
        try {
            Files.createDirectories(directory);
            Path unfinished = directory.resolve(UUID.randomUUID() + ".new");
            Files.write(unfinished, RecordJson.write(record));
            Files.move(unfinished, file(node.apply(record)), StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The records that there are now, by node; one that cannot be read is left out, which the log says. */
    Map<String, T> all() {
        Map<String, T> records = new HashMap<>();
        if (!Files.isDirectory(directory)) {
            return records;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
            for (Path file : files) {
                read(file).ifPresent(record -> records.put(node.apply(record), record));
            }
        } catch (IOException e) {
            log.atWarn().setMessage("a directory of what commands leave for the agent cannot be read")
                    .addKeyValue("path", directory).addKeyValue("cause", e.toString()).log();
        }
        return records;
    }

    /** The record of a node that there is now. */
    Optional<T> of(String nodeName) {
        Path file = file(nodeName);
        return Files.exists(file) ? read(file) : Optional.empty();
    }

    void delete(String nodeName) {
        Path file = file(nodeName);
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            log.atWarn()
                    .setMessage("a " + what + " that is done cannot be removed: remove it, or give the agent's user"
                            + " the right to")
                    .addKeyValue("path", file).addKeyValue("cause", e.toString()).log();
        }
    }

    private Optional<T> read(Path file) {
        try {
            return Optional.of(RecordJson.read(Files.readAllBytes(file), type));
        } catch (IOException | JacksonException e) {
            log.atWarn().setMessage("a " + what + " cannot be read: give the command once more")
                    .addKeyValue("path", file).addKeyValue("cause", e.toString()).log();
            return Optional.empty();
        }
    }

    /** Any name of a node is a name of a file this way. */
    private Path file(String nodeName) {
        return directory.resolve(UUID.nameUUIDFromBytes(nodeName.getBytes(StandardCharsets.UTF_8)) + SUFFIX);
    }
}

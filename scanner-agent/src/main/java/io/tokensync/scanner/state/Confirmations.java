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

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

import io.tokensync.common.serde.RecordJson;

/**
 * What operators have confirmed and the agent has not yet carried out: a file each, beside the state and not in it, so that
 * nobody but the agent ever writes the state. The command and the agent are two processes; a file appears whole or not.
 */
public final class Confirmations {
    private static final Logger log = LoggerFactory.getLogger(Confirmations.class);
    private static final String DIRECTORY = "confirmed";
    private static final String SUFFIX = ".json";

    private final Path directory;
    private final Map<String, Confirmation> pending = new HashMap<>();

    /** @param stateDirectory directory of the agent's state */
    public Confirmations(Path stateDirectory) {
        this.directory = stateDirectory.resolve(DIRECTORY);
    }

    /**
     * Leaves a confirmation for the agent. Said twice, it is the same.
     *
     * @return whether it is new
     * @throws UncheckedIOException when it cannot be written
     */
    public boolean add(Confirmation confirmation) {
        load();
        if (confirmation.equals(pending.get(confirmation.nodeName()))) {
            return false;
        }
        try {
            Files.createDirectories(directory);
            Path unfinished = directory.resolve(UUID.randomUUID() + ".new");
            Files.write(unfinished, RecordJson.write(confirmation));
            Files.move(unfinished, file(confirmation.nodeName()), StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        pending.put(confirmation.nodeName(), confirmation);
        return true;
    }

    /** Looks what there is now; what comes later is for the next scan cycle. */
    public void load() {
        pending.clear();
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
            for (Path file : files) {
                read(file).ifPresent(confirmation -> pending.put(confirmation.nodeName(), confirmation));
            }
        } catch (IOException e) {
            log.atWarn().setMessage("what was confirmed cannot be read").addKeyValue("path", directory)
                    .addKeyValue("cause", e.toString()).log();
        }
    }

    /** Whether this was confirmed. */
    public boolean has(Confirmation confirmation) {
        return confirmation.equals(pending.get(confirmation.nodeName()));
    }

    /**
     * Forgets what was confirmed of a node, because it is carried out or has become void.
     *
     * @return what it was
     */
    public Optional<Confirmation> remove(String nodeName) {
        Confirmation confirmation = pending.remove(nodeName);
        if (confirmation != null) {
            delete(file(nodeName));
        }
        return Optional.ofNullable(confirmation);
    }

    private static Optional<Confirmation> read(Path file) {
        try {
            return Optional.of(RecordJson.read(Files.readAllBytes(file), Confirmation.class));
        } catch (IOException | JacksonException e) {
            log.atWarn().setMessage("a confirmation cannot be read: confirm once more").addKeyValue("path", file)
                    .addKeyValue("cause", e.toString()).log();
            return Optional.empty();
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            log.atWarn()
                    .setMessage("a confirmation that is done cannot be removed: remove it, or give the agent's user"
                            + " the right to")
                    .addKeyValue("path", file).addKeyValue("cause", e.toString()).log();
        }
    }

    /** Any name of a node is a name of a file this way. */
    private Path file(String nodeName) {
        return directory.resolve(UUID.nameUUIDFromBytes(nodeName.getBytes(StandardCharsets.UTF_8)) + SUFFIX);
    }
}

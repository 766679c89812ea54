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
 * Which nodes somebody wants to be verified: a file each, beside the state and not in it, so that nobody but the agent ever
 * writes the state. The command and the agent are two processes; a file appears whole or not.
 */
public final class VerificationRequests {
    private static final Logger log = LoggerFactory.getLogger(VerificationRequests.class);
    private static final String DIRECTORY = "verify";
    private static final String SUFFIX = ".json";

    private final Path directory;
    private final Map<String, VerificationRequest> pending = new HashMap<>();

    /** @param stateDirectory directory of the agent's state */
    public VerificationRequests(Path stateDirectory) {
        this.directory = stateDirectory.resolve(DIRECTORY);
    }

    /**
     * Leaves a request for the agent, instead of an earlier one of the same node.
     *
     * @throws UncheckedIOException when it cannot be written
     */
    public void add(VerificationRequest request) {
        try {
            Files.createDirectories(directory);
            Path unfinished = directory.resolve(UUID.randomUUID() + ".new");
            Files.write(unfinished, RecordJson.write(request));
            Files.move(unfinished, file(request.nodeName()), StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Looks what there is now; what comes later is for the next scan cycle. */
    public void load() {
        pending.clear();
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
            for (Path file : files) {
                read(file).ifPresent(request -> pending.put(request.nodeName(), request));
            }
        } catch (IOException e) {
            log.atWarn().setMessage("requests to verify nodes cannot be read").addKeyValue("path", directory)
                    .addKeyValue("cause", e.toString()).log();
        }
    }

    /** What is wanted of a node. */
    public Optional<VerificationRequest> of(String nodeName) {
        return Optional.ofNullable(pending.get(nodeName));
    }

    /** Forgets a request that is carried out; one that has come since stays. */
    public void done(VerificationRequest request) {
        pending.remove(request.nodeName());
        Path file = file(request.nodeName());
        if (Files.exists(file) && read(file).filter(request::equals).isPresent()) {
            delete(file);
        }
    }

    private static Optional<VerificationRequest> read(Path file) {
        try {
            return Optional.of(RecordJson.read(Files.readAllBytes(file), VerificationRequest.class));
        } catch (IOException | JacksonException e) {
            log.atWarn().setMessage("a request to verify a node cannot be read: ask once more")
                    .addKeyValue("path", file).addKeyValue("cause", e.toString()).log();
            return Optional.empty();
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            log.atWarn()
                    .setMessage("a request to verify a node that is done cannot be removed: remove it, or give the"
                            + " agent's user the right to")
                    .addKeyValue("path", file).addKeyValue("cause", e.toString()).log();
        }
    }

    /** Any name of a node is a name of a file this way. */
    private Path file(String nodeName) {
        return directory.resolve(UUID.nameUUIDFromBytes(nodeName.getBytes(StandardCharsets.UTF_8)) + SUFFIX);
    }
}

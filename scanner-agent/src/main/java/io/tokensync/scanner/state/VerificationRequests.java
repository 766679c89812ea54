package io.tokensync.scanner.state;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which nodes somebody wants to be verified, and the agent has not yet verified since. */
public final class VerificationRequests {
    private static final String DIRECTORY = "verify";

    private final NodeFiles<VerificationRequest> files;
    private Map<String, VerificationRequest> pending = new HashMap<>();

    /** @param stateDirectory directory of the agent's state */
    public VerificationRequests(Path stateDirectory) {
        this.files = new NodeFiles<>(stateDirectory.resolve(DIRECTORY), VerificationRequest.class,
                VerificationRequest::nodeName, "request to verify a node");
    }

    /**
     * Leaves a request for the agent, instead of an earlier one of the same node.
     *
     * @throws UncheckedIOException when it cannot be written
     */
    public void add(VerificationRequest request) {
        files.put(request);
    }

    /** Looks what there is now; what comes later is for the next scan cycle. */
    public void load() {
        pending = files.all();
    }

    /** What is wanted of a node. */
    public Optional<VerificationRequest> of(String nodeName) {
        return Optional.ofNullable(pending.get(nodeName));
    }

    /** Forgets a request that is carried out; one that has come since stays. */
    public void done(VerificationRequest request) {
        pending.remove(request.nodeName());
        if (files.of(request.nodeName()).filter(request::equals).isPresent()) {
            files.delete(request.nodeName());
        }
    }
}

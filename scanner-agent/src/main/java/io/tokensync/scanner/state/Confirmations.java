package io.tokensync.scanner.state;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What operators have confirmed and the agent has not yet carried out. */
public final class Confirmations {
    private static final String DIRECTORY = "confirmed";

    private final NodeFiles<Confirmation> files;
    private Map<String, Confirmation> pending = new HashMap<>();

    /** @param stateDirectory directory of the agent's state */
    public Confirmations(Path stateDirectory) {
        this.files = new NodeFiles<>(stateDirectory.resolve(DIRECTORY), Confirmation.class, Confirmation::nodeName,
                "confirmation");
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
        files.put(confirmation);
        pending.put(confirmation.nodeName(), confirmation);
        return true;
    }

    /** Looks what there is now; what comes later is for the next scan cycle. */
    public void load() {
        pending = files.all();
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
            files.delete(nodeName);
        }
        return Optional.ofNullable(confirmation);
    }
}

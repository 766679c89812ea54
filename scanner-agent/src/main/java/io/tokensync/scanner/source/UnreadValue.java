package io.tokensync.scanner.source;

/**
 * Stands for a stored value that is too long to be read: whoever writes a node's database must not decide how much memory
 * the agent takes.
 *
 * @param bytes its length
 */
public record UnreadValue(long bytes) {
    /** For people, where the value would stand. */
    @Override
    public String toString() {
        return "(" + bytes + " bytes, not read)";
    }
}

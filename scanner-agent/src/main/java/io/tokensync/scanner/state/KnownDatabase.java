package io.tokensync.scanner.state;

/**
 * A database that the agent has seen.
 *
 * @param id number in the state
 * @param nodeName identity on this machine
 * @param path where it was last
 * @param stamp stamp under which its rows were last read to the end and published; null when it must be read
 * @param readBefore whether it was ever read to its end
 * @param held what was missing when deletions were held back last, and how often in a row it was the same
 */
public record KnownDatabase(long id, String nodeName, String path, String stamp, boolean readBefore, Held held) {

    /**
     * Deletions that were held back.
     *
     * @param fingerprint which ones; 0 for none
     * @param scans scans in a row that found the same
     */
    public record Held(long fingerprint, int scans) {
        public static final Held NONE = new Held(0, 0);
    }
}

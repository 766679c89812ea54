package io.tokensync.simulator.postgres;

/** The networks of Rubix, which have token ids that cannot be mistaken for each other's. */
public enum V1Network {
    MAIN("mainnet", "mainnet", 0),
    TEST("testnet", "testnet", 50_000),
    LOCAL("local", "localnet", 10_000);

    private final String mode;
    private final String directory;
    private final int firstLevel;

    V1Network(String mode, String directory, int firstLevel) {
        this.mode = mode;
        this.directory = directory;
        this.firstLevel = firstLevel;
    }

    /** Its name in config.toml. */
    public String mode() {
        return mode;
    }

    /** Its directory in that of the node, and its name in transactions. */
    public String directory() {
        return directory;
    }

    /** What its levels begin with. */
    public int firstLevel() {
        return firstLevel;
    }
}

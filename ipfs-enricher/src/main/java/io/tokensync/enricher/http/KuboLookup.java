package io.tokensync.enricher.http;

/** How far a Kubo node looks for a block. */
public enum KuboLookup {
    /** In its own block store: fast whether the block is there or not. */
    LOCAL("(own blocks)"),
    /** Also at its peers: a missing block costs the whole timeout. */
    NETWORK("(and its peers)");

    private final String words;

    KuboLookup(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }
}

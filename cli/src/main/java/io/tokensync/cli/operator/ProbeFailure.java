package io.tokensync.cli.operator;

/** A probe's failure of which it is known what helps. */
public final class ProbeFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final String cure;

    /**
     * @param answer what was found
     * @param cure what to do about it
     */
    public ProbeFailure(String answer, String cure, Throwable cause) {
        super(answer, cause);
        this.cure = cure;
    }

    /** Found by looking, not by failing. */
    public ProbeFailure(String answer, String cure) {
        this(answer, cure, null);
    }

    public String cure() {
        return cure;
    }
}

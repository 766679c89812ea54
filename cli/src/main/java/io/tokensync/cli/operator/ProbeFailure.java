package io.tokensync.cli.operator;

/** A probe's failure, or warning, of which it is known what helps. */
public final class ProbeFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final String cure;
    private final boolean warning;

    /**
     * @param answer what was found
     * @param cure what to do about it
     */
    public ProbeFailure(String answer, String cure, Throwable cause) {
        this(answer, cure, false, cause);
    }

    private ProbeFailure(String answer, String cure, boolean warning, Throwable cause) {
        super(answer, cause);
        this.cure = cure;
        this.warning = warning;
    }

    /** Found by looking, not by failing. */
    public ProbeFailure(String answer, String cure) {
        this(answer, cure, null);
    }

    /** What works all the same, only not well. */
    public static ProbeFailure warning(String answer, String cure) {
        return new ProbeFailure(answer, cure, true, null);
    }

    /** Whether it works all the same. */
    public boolean isWarning() {
        return warning;
    }

    public String cure() {
        return cure;
    }
}

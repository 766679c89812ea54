package io.tokensync.enricher.content;

import java.util.regex.Pattern;

import io.tokensync.common.model.ColumnLimits;

/**
 * Why a row has no content; its code begins {@code ipfs_error} and is the tag of the metric. When several sources fail,
 * the row shows the reason that comes first here.
 */
public enum ContentFailure {
    /** The token id is no content id: nothing is asked. */
    NOT_A_CID("not_a_cid"),
    /** Content with this id is verified, and longer than the table keeps. */
    TOO_LARGE("too_large"),
    /** A source has more under this id than is received: it may be something else. */
    SAID_TOO_LARGE("too_large"),
    /** All blocks that came are verified, and do not make a file. */
    UNDECODABLE("undecodable"),
    /** The block is verified, and the file goes on in more blocks than are followed, or in some that cannot be verified. */
    NOT_VERIFIABLE("not_verifiable"),
    /** A source has other bytes under this id. */
    MISMATCH("mismatch"),
    /** A source cannot be asked. */
    UNAVAILABLE("unavailable"),
    /** A source asks to be left alone for a while. */
    THROTTLED("throttled"),
    /** A source has so many others to answer that its turn did not come: nothing is known about the id. */
    NOT_ASKED("not_asked"),
    /** No answer in time. */
    TIMEOUT("timeout"),
    /** No source has it. */
    NOT_FOUND("not_found");

    /** In front of the reason for which content is missing as yet; without it, nobody is going to ask again. */
    public static final String PENDING = "pending: ";

    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    private final String code;

    ContentFailure(String code) {
        this.code = code;
    }

    /** The code in SQL and metrics. */
    public String code() {
        return code;
    }

    /** Whether the verified block itself says so, or the id: asking again would give the same. */
    public boolean isFinal() {
        return switch (this) {
            case NOT_A_CID, TOO_LARGE, UNDECODABLE, NOT_VERIFIABLE -> true;
            case SAID_TOO_LARGE, MISMATCH, UNAVAILABLE, THROTTLED, NOT_ASKED, TIMEOUT, NOT_FOUND -> false;
        };
    }

    /** Whether the sources were asked, and could have answered. */
    public boolean isAnswer() {
        return this != UNAVAILABLE && this != THROTTLED && this != NOT_ASKED;
    }

    /** Code, colon, detail; cut to the column, control characters replaced. */
    public String describe(String detail) {
        return column(code + ": " + detail);
    }

    /** As {@link #describe}, for content that is going to be asked for again. */
    public String describePending(String detail) {
        return column(PENDING + code + ": " + detail);
    }

    private static String column(String text) {
        int end = Math.min(text.length(), ColumnLimits.IPFS_ERROR);
        if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return CONTROL.matcher(text.substring(0, end)).replaceAll(" ");
    }
}

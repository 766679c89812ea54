package io.tokensync.tds.sql;

import io.tokensync.tds.protocol.SqlError;

/** Errors about the text of a statement. */
public final class SyntaxErrors {
    private static final int LONGEST = 400;

    private SyntaxErrors() {}

    /** 102, with the text: a statement that this endpoint does not know. */
    public static SqlError unknown(String detail, String statement) {
        return new SqlError(102, 1, 15, "Incorrect syntax, or not on the list of this test endpoint (" + detail + "): "
                + shortened(statement));
    }

    static SqlError unclosed(String what, String text) {
        return new SqlError(105, 1, 15, "Unclosed " + what + ": " + shortened(text));
    }

    private static String shortened(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
    }
}

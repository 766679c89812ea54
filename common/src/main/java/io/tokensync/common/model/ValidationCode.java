package io.tokensync.common.model;

import java.util.Locale;

/** What can be wrong with a row that is written all the same; the start of each entry of {@code validation_errors}. */
public enum ValidationCode {
    /** Not a CIDv0: 46 characters of base58, {@code Qm} in front, a sha2-256 multihash. */
    TOKEN_ID_MALFORMED,
    /** Not a Rubix DID: 59 characters of lower-case base32, {@code bafybmi} in front. A null or empty DID counts. */
    DID_MALFORMED,
    /** Set, and neither a CIDv0 nor, where the node allows several, CIDv0s joined by commas. */
    PARENT_TOKEN_ID_MALFORMED,
    /** A code that has no name, neither by {@link TokenStatus} nor on the node itself, or not a whole number. */
    TOKEN_STATUS_UNKNOWN,
    /** Not a number, not finite, or below zero. */
    TOKEN_VALUE_MALFORMED,
    /** Not a time as the node writes it; the column is null and the entry shows the text. */
    CREATED_AT_MALFORMED,
    /** As {@link #CREATED_AT_MALFORMED}. */
    UPDATED_AT_MALFORMED;

    private static final int SHOWN = 100;

    private final String code = name().toLowerCase(Locale.ROOT);

    /** The code in the text. */
    public String code() {
        return code;
    }

    /** An entry of {@code validation_errors}: the code and the value it is about, shortened. */
    public String describe(Object value) {
        String text = String.valueOf(value);
        return code + ": " + (text.length() <= SHOWN ? text : text.substring(0, end(text)) + "…");
    }

    /** Never between the halves of a character. */
    private static int end(String text) {
        return Character.isHighSurrogate(text.charAt(SHOWN - 1)) ? SHOWN - 1 : SHOWN;
    }
}

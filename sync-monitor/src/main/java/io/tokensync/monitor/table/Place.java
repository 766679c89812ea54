package io.tokensync.monitor.table;

import java.util.Base64;

import io.tokensync.common.serde.RecordJson;

/**
 * Behind which row a page of a search begins, by the row's key: rows that come and go before it move nothing.
 *
 * @param part which of the ranges that the search reads one after the other; empty for the first
 * @param token the token id of the row, where that orders the range; else empty
 * @param id the row's id; 0 for the first row
 */
public record Place(String part, String token, long id) {
    /** Before all rows. */
    public static final Place START = new Place("", "", 0);

    /** As it stands in an address. */
    public String text() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(RecordJson.write(this));
    }

    /**
     * Reads what {@link #text} wrote; the start for an empty text.
     *
     * @throws IllegalArgumentException for anything else, with a sentence
     */
    public static Place parse(String text) {
        if (text.isEmpty()) {
            return START;
        }
        try {
            Place place = RecordJson.read(Base64.getUrlDecoder().decode(text), Place.class);
            if (place != null && place.part != null && place.token != null) {
                return place;
            }
        } catch (RuntimeException _) {
            // said below: nobody writes it by hand
        }
        throw new IllegalArgumentException("after is not a place in these rows; search again from the start");
    }
}

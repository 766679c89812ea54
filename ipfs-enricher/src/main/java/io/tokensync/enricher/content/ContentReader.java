package io.tokensync.enricher.content;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

import io.tokensync.common.model.Content;
import io.tokensync.enricher.rubix.Interpretation;

/**
 * Turns a file into the text that SQL holds, and says what it means. The text is the content, character by character.
 */
public final class ContentReader {
    private static final char REPLACEMENT = '\uFFFD';
    /** One UTF-16 unit needs at most three bytes of UTF-8. */
    private static final int BYTES_PER_CHARACTER = 3;
    private static final int BLOCK_OVERHEAD = 1_024;

    private final int maxCharacters;

    /** What becomes of a file. */
    public sealed interface Reading {
        /** Its text. */
        record Kept(Content.Fetched content) implements Reading {}

        /** Why its text is not kept. */
        record Rejected(ContentAnswer.Failed failure) implements Reading {}
    }

    /** @param maxCharacters longest text that is kept, in UTF-16 units */
    public ContentReader(int maxCharacters) {
        this.maxCharacters = maxCharacters;
    }

    /** Length of the longest block that can hold a text of so many characters; longer ones need not be fetched. */
    public static int maxBlockBytes(int maxCharacters) {
        return Math.addExact(Math.toIntExact(maxBytes(maxCharacters)), BLOCK_OVERHEAD);
    }

    /** Length of the longest file that can hold a text of so many characters. */
    static long maxBytes(int maxCharacters) {
        return (long) maxCharacters * BYTES_PER_CHARACTER;
    }

    /** What becomes of a file. */
    public Reading read(FileAnswer.File file) {
        return text(file);
    }

    private Reading text(FileAnswer.File file) {
        byte[] content = file.content();
        if (content.length > maxBytes(maxCharacters)) {
            return tooLarge(content.length + " bytes");
        }
        String text = new String(content, StandardCharsets.UTF_8);
        boolean isUtf8 = text.indexOf(REPLACEMENT) < 0 || isUtf8(content);
        String kept = isUtf8 ? text : Base64.getEncoder().encodeToString(content);
        if (kept.length() > maxCharacters) {
            return tooLarge(kept.length() + (isUtf8 ? " characters" : " characters as Base64"));
        }
        return new Reading.Kept(isUtf8
                ? new Content.Fetched(Content.Fetched.READING, kept, file.source(), null, info(file, kept))
                : new Content.Fetched(Content.Fetched.READING, kept, file.source(), Content.Fetched.NOT_UTF8));
    }

    /** The same, whether the token is known or has to be found by the hash of its number. */
    private static String info(FileAnswer.File file, String text) {
        return file.whole().map(Interpretation::of).or(() -> Interpretation.of(text)).orElse(null);
    }

    private Reading tooLarge(String size) {
        return rejected(ContentFailure.TOO_LARGE, size + "; " + maxCharacters + " characters are kept");
    }

    private static Reading rejected(ContentFailure reason, String detail) {
        return new Reading.Rejected(new ContentAnswer.Failed(reason, detail));
    }

    /** Asked only when there is a replacement character, which the content may also have by right. */
    private static boolean isUtf8(byte[] content) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content));
            return true;
        } catch (CharacterCodingException _) {
            return false;
        }
    }
}

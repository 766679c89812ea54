package io.tokensync.enricher.content;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import io.tokensync.common.model.Content;
import io.tokensync.enricher.content.ContentReader.Reading;
import io.tokensync.ipfs.UnixFs;
import io.tokensync.testkit.property.Property;

import static org.assertj.core.api.Assertions.assertThat;

class ContentReaderTest {
    private static final int MAX = 1_000;

    @ParameterizedTest
    @FieldSource("io.tokensync.enricher.content.Sample#HOSTILE")
    void textIsKeptCharacterByCharacter(String text) {
        assertThat(read(Sample.of(text))).isEqualTo(kept(text, null));
    }

    @Test
    void bytesThatAreNoTextAreKeptAsBase64() {
        Property.forAll(500, gen -> {
            byte[] content = new byte[gen.integer(1, 200)];
            for (int i = 0; i < content.length; i++) {
                content[i] = (byte) gen.integer(-128, 127);
            }
            String asText = new String(content, StandardCharsets.UTF_8);
            boolean isText = Arrays.equals(asText.getBytes(StandardCharsets.UTF_8), content);
            assertThat(read(Sample.of(content))).isEqualTo(isText
                    ? kept(asText, null)
                    : kept(Base64.getEncoder().encodeToString(content), Content.Fetched.NOT_UTF8));
        });
    }

    @Test
    void theNoteSaysWhatWasDone() {
        assertThat(read(Sample.of(new byte[]{(byte) 0xFF}))).isEqualTo(kept("/w==", "not_utf8: kept as Base64"));
    }

    @Test
    void theBoundCountsCharactersAsSqlDoes() {
        assertThat(read(Sample.of("x".repeat(MAX)))).isInstanceOf(Reading.Kept.class);
        assertThat(read(Sample.of("\u20AC".repeat(MAX)))).isInstanceOf(Reading.Kept.class);
        assertThat(read(Sample.of("\uD83D\uDCA3".repeat(MAX / 2)))).isInstanceOf(Reading.Kept.class);
        assertRejected(Sample.of("x".repeat(MAX + 1)), ContentFailure.TOO_LARGE, "1001 characters; 1000");
        assertRejected(Sample.of("\uD83D\uDCA3".repeat(MAX / 2 + 1)), ContentFailure.TOO_LARGE, "1002 characters");
        assertRejected(Sample.of("\u20AC".repeat(MAX + 1)), ContentFailure.TOO_LARGE, "3003 bytes");
        assertRejected(Sample.of("\u00FF".repeat(MAX).getBytes(StandardCharsets.ISO_8859_1)),
                ContentFailure.TOO_LARGE, "1336 characters as Base64");
    }

    @Test
    void whatMayBeFetchedIsEnoughForTheLongestText() {
        Sample longest = Sample.of("\u20AC".repeat(MAX));
        assertThat(longest.block().bytes()).hasSizeLessThanOrEqualTo(ContentReader.maxBlockBytes(MAX));
    }

    @Test
    void aReasonFitsItsColumnAndItsLine() {
        String described = ContentFailure.UNAVAILABLE.describe("a\r\nb\u0000c" + "\uD83D\uDCA3".repeat(1_000));
        assertThat(described).startsWith("unavailable: a  b c").hasSizeBetween(999, 1_000);
        assertThat(Character.isHighSurrogate(described.charAt(described.length() - 1))).isFalse();
    }

    private static void assertRejected(Sample sample, ContentFailure reason, String detail) {
        assertThat(read(sample)).isInstanceOfSatisfying(Reading.Rejected.class, rejected -> {
            assertThat(rejected.failure().reason()).isEqualTo(reason);
            assertThat(rejected.failure().detail()).contains(detail);
        });
    }

    private static Reading kept(String text, String note) {
        return new Reading.Kept(new Content.Fetched(Content.Fetched.READING, text, "here", note));
    }

    private static Reading read(Sample sample) {
        return switch (UnixFs.decode(sample.block().bytes())) {
            case UnixFs.Decoded.File file -> new ContentReader(MAX).read(new FileAnswer.File(file.content(), "here"));
            case UnixFs.Decoded other -> throw new AssertionError("a sample is a file, not " + other);
        };
    }
}

package io.tokensync.common.model;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.tokensync.testkit.property.Gen;
import io.tokensync.testkit.property.Property;

import static org.assertj.core.api.Assertions.assertThat;

/** Digests stand in tables, so that they are the same for ever. */
class DigestTest {
    @Test
    void itIsThatOfTheFieldsWithTheirLengths() {
        Property.forAll(500, gen -> {
            List<Object> fields = gen.list(30, DigestTest::field);
            Digest digest = new Digest();
            for (Object field : fields) {
                var _ = field instanceof Long number ? digest.number(number) : digest.text((String) field);
            }
            assertThat(digest.toLong()).isEqualTo(plain(fields));
        });
    }

    @Test
    void whatTablesHaveIsStillTheSame() {
        Instant time = Instant.parse("2024-05-01T00:00:00.1Z");
        assertThat(new Digest().text("Qm").text(null).number(7).instant(time).toLong())
                .isEqualTo(2_404_216_113_035_121_665L);
        assertThat(new Digest().toLong()).as("of nothing").isEqualTo(0xe3b0c44298fc1c14L);
    }

    private static Object field(Gen gen) {
        return switch (gen.integer(0, 3)) {
            case 0 -> gen.number();
            case 1 -> gen.text("aö€", 10);
            case 2 -> "x".repeat(gen.integer(0, 3_000));
            default -> "";
        };
    }

    private static long plain(List<Object> fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            for (Object field : fields) {
                if (field instanceof Long number) {
                    out.writeLong(number);
                } else {
                    byte[] text = ((String) field).getBytes(StandardCharsets.UTF_8);
                    out.writeLong(text.length);
                    out.write(text);
                }
            }
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray())).getLong();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

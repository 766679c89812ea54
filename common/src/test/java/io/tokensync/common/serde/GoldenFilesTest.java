package io.tokensync.common.serde;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.tokensync.common.model.TokenRecord;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The files in {@code records/} are records as earlier releases wrote them. They must stay readable for ever: a file is
 * never changed, new shapes get new files.
 */
class GoldenFilesTest {

    static Stream<Arguments> records() {
        return Stream.of(Arguments.of("whole", Records.whole()), Arguments.of("part", Records.part()),
                Arguments.of("with-block", Records.withBlock()), Arguments.of("with-api", Records.withApi()),
                Arguments.of("essential", Records.essential()), Arguments.of("failed", Records.failed()),
                Arguments.of("fetched", Records.fetched()),
                Arguments.of("fetched-with-info", Records.fetchedWithInfo()),
                Arguments.of("fetched-with-note", Records.fetchedWithNote()),
                Arguments.of("with-transaction", Records.withTransaction()),
                Arguments.of("deleted", Records.deleted()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("records")
    void isRead(String name, TokenRecord record) throws Exception {
        assertThat(TokenRecordSerde.read(golden(name))).isEqualTo(record);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("records")
    void isWrittenByteForByte(String name, TokenRecord record) throws IOException {
        assertThat(TokenRecordSerde.write(record)).asString(StandardCharsets.UTF_8)
                .isEqualTo(new String(golden(name), StandardCharsets.UTF_8));
    }

    @Test
    void fieldsOfALaterReleaseAreIgnored() throws Exception {
        assertThat(TokenRecordSerde.read(golden("unknown-fields"))).isEqualTo(Records.fetched());
    }

    /** The file without the newline at its end. */
    private static byte[] golden(String name) throws IOException {
        String path = "/records/v1/" + name + ".json";
        try (InputStream file = GoldenFilesTest.class.getResourceAsStream(path)) {
            assertThat(file).as(path).isNotNull();
            return new String(file.readAllBytes(), StandardCharsets.UTF_8).stripTrailing()
                    .getBytes(StandardCharsets.UTF_8);
        }
    }
}

package io.tokensync.scanner.sqlite;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.junit.jupiter.api.Test;

import io.tokensync.testkit.property.Property;

import static org.assertj.core.api.Assertions.assertThat;

class KeyOrderTest {
    @Test
    void theOrderIsThatOfTheBytes() {
        Property.forAll(500, gen -> {
            String alphabet = "aZ\u0000\u00e9\ud7ff\ue000\uffff\u20ac";
            String one = gen.text(alphabet, 4) + (gen.flag() ? "\ud83d\ude00" : "") + gen.text(alphabet, 2);
            String two = gen.text(alphabet, 4) + (gen.flag() ? "\ud800\udc00" : "") + gen.text(alphabet, 2);
            int byBytes = Arrays.compareUnsigned(one.getBytes(StandardCharsets.UTF_8),
                    two.getBytes(StandardCharsets.UTF_8));
            assertThat(Integer.signum(KeyOrder.INSTANCE.compare(one, two))).isEqualTo(Integer.signum(byBytes));
        });
    }
}

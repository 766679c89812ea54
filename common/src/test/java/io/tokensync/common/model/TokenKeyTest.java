package io.tokensync.common.model;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.tokensync.testkit.property.Property;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TokenKeyTest {
    @Test
    void theRecordKeyJoinsThePartsByBars() {
        byte[] key = new TokenKey("10.0.0.1", "node1", "Qm1").toRecordKey();
        assertThat(new String(key, StandardCharsets.UTF_8)).isEqualTo("10.0.0.1|node1|Qm1");
    }

    @Test
    void twoIdentitiesNeverShareARecordKey() {
        Property.forAll(2000, gen -> {
            TokenKey one = new TokenKey("a", gen.text("|\\n", 3) + "n", gen.text("|\\n", 3) + "n");
            TokenKey two = new TokenKey("a", gen.text("|\\n", 3) + "n", gen.text("|\\n", 3) + "n");
            assertThat(Arrays.equals(one.toRecordKey(), two.toRecordKey())).isEqualTo(one.equals(two));
        });
    }

    @Test
    void aRecordKeyTellsTheIdentityThatItWasMadeOf() {
        Property.forAll(2000, gen -> {
            TokenKey key = new TokenKey(gen.text("|\\nö", 3) + "n", gen.text("|\\n", 3) + "n",
                    gen.text("|\\n", 3) + "n");
            assertThat(TokenKey.ofRecordKey(key.toRecordKey())).contains(key);
        });
        for (String foreign : List.of("", "k", "a|b", "a||c", "|b|c", "a|b|", "a\\", "\\|\\|")) {
            assertThat(TokenKey.ofRecordKey(foreign.getBytes(StandardCharsets.UTF_8))).as(foreign).isEmpty();
        }
    }

    @Test
    void keysAreInTheOrderOfMachineNodeAndToken() {
        List<TokenKey> keys = List.of(new TokenKey("a", "n", "Q"), new TokenKey("a", "n", "q"),
                new TokenKey("a", "o", "A"), new TokenKey("b", "m", "A"));
        assertThat(keys.reversed().stream().sorted()).containsExactlyElementsOf(keys);
    }

    @Test
    void aBlankPartHasNoIdentity() {
        assertThatThrownBy(() -> new TokenKey("a", " ", "Qm1")).hasMessageContaining("node_name");
    }
}

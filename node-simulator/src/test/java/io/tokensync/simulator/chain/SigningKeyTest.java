package io.tokensync.simulator.chain;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.tokensync.ipfs.Cid;
import io.tokensync.ipfs.HashFunction;
import io.tokensync.simulator.content.Dice;

import static org.assertj.core.api.Assertions.assertThat;

class SigningKeyTest {
    private static final byte[] DIGEST = V1Transaction.digest("something");

    @Test
    void theSameDiceGiveTheSameKeyAndTheSameSignature() {
        assertThat(key(1).pem()).isEqualTo(key(1).pem());
        assertThat(key(1).did()).isEqualTo(key(1).did()).isNotEqualTo(key(2).did());
        assertThat(key(1).sign(DIGEST)).isEqualTo(key(1).sign(DIGEST)).isNotEqualTo(key(2).sign(DIGEST));
    }

    @Test
    void aDidIsTheContentIdOfItsPublicKey() {
        for (int number = 0; number < 20; number++) {
            Cid did = Cid.parse(key(number).did()).orElseThrow();
            assertThat(did.toString()).matches("bafybmi[a-z2-7]{52}");
            assertThat(did.multihash().function()).isEqualTo(HashFunction.SHA3_256);
            assertThat(did.codec()).isEqualTo(Cid.Codec.DAG_PB);
        }
    }

    @Test
    void aPublicKeyIsABarePointInLinesOf64() {
        List<String> lines = key(3).pem().lines().toList();
        assertThat(lines).hasSize(4).startsWith("-----BEGIN PUBLIC KEY-----").endsWith("-----END PUBLIC KEY-----");
        assertThat(lines.get(1)).hasSize(64).startsWith("B");
        assertThat(key(3).pem()).endsWith("-----\n");
    }

    @Test
    void aSignatureIsTheOneThatRfc6979Gives() {
        // The key 1 and SHA-256 of "Satoshi Nakamoto": the vector that all libraries of this curve share.
        SigningKey one = SigningKey.of(BigInteger.ONE);
        byte[] digest = HashFunction.SHA2_256
                .digest("Satoshi Nakamoto".getBytes(StandardCharsets.US_ASCII));
        assertThat(HexFormat.of().formatHex(one.sign(digest)))
                .contains("934b1ea10a4b3c1757e2b0c017d0b6143ce3c9a7e6a4a49860d7a6ab210ee3d8");
    }

    @Test
    void keysAreNotAlike() {
        List<String> dids = new ArrayList<>();
        for (int number = 0; number < 50; number++) {
            dids.add(key(number).did());
        }
        assertThat(dids).doesNotHaveDuplicates();
    }

    private static SigningKey key(int number) {
        return SigningKey.of(Dice.of(7, "key", number));
    }
}

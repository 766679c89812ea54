package io.tokensync.simulator.chain;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.tokensync.common.model.TokenKind;
import io.tokensync.simulator.TransactionVerifier;
import io.tokensync.simulator.content.Dice;
import io.tokensync.simulator.content.Mint;
import io.tokensync.simulator.truth.TruthRow;

import static org.assertj.core.api.Assertions.assertThat;

class V1ChainTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Instant WHEN = Instant.parse("2025-08-18T06:53:20.123456Z");

    private final NodeKeys keys = NodeKeys.of(new Mint(7), 20_000, 19_999);
    private final V1Chain chain = new V1Chain(keys, "mainnet", false);

    @Test
    void aTransactionIsSignedByItsInitiatorAndItsQuorum() {
        int quorums = 0;
        for (int i = 0; i < 30; i++) {
            V1Transaction made = chain.transaction(deed(keys.own(i), i), dice(i));
            JsonNode signature = JSON.readTree(made.signature());
            byte[] digest = HexFormat.of().parseHex(made.id());
            assertThat(TransactionVerifier.isSignature(hex(signature.get("initiatorSignature")), digest,
                    keys.own(i).pem())).isTrue();
            for (JsonNode quorum : signature.get("quorums")) {
                quorums++;
                String pem = keys.find(quorum.get("did").asString()).orElseThrow().pem();
                assertThat(TransactionVerifier.isSignature(hex(quorum.get("signature")), digest, pem)).isTrue();
            }
        }
        assertThat(quorums).isBetween(1, 29);
    }

    @ParameterizedTest
    @EnumSource
    void theSameIsMadeFromTheSameSeed(TransactionFlaw flaw) {
        V1Chain again = new V1Chain(NodeKeys.of(new Mint(7), 20_000, 19_999), "mainnet", false);
        assertThat(again.flawed(flaw, deed(keys.own(1), 1), dice(4)))
                .isEqualTo(chain.flawed(flaw, deed(keys.own(1), 1), dice(4)));
        NodeKeys others = NodeKeys.of(new Mint(8), 20_000, 19_999);
        assertThat(others.own(1).did()).isNotEqualTo(keys.own(1).did());
    }

    @Test
    void whoseKeyIsNotAtHandProvesNoMoreThanTheId() {
        for (int number = 0; number < 20; number++) {
            V1Transaction made = chain.transaction(deed(keys.stranger(number), 1), dice(1));
            assertThat(made.truth()).isEqualTo(new TruthRow.Transaction(number < 12 ? "verified" : "id_verified",
                    keys.stranger(number).did(), keys.own(0).did(), Instant.parse("2025-08-18T06:53:20Z")));
        }
        assertThat(chain.flawed(TransactionFlaw.OTHER_KEY, deed(keys.stranger(15), 1), dice(1)).truth().check())
                .isEqualTo("id_verified");
    }

    @Test
    void aDeploymentHasNoOwner() {
        V1Transaction made = chain.transaction(new V1Chain.Deed(keys.own(0), "", WHEN, tokens(1)), dice(1));
        assertThat(made.info()).contains("\"owner\":\"\"");
        assertThat(made.truth().owner()).isNull();
    }

    @Test
    void earlierStatesSignedInBase64AndTheTextOfTheId() {
        V1Transaction base64 = chain.flawed(TransactionFlaw.BASE64, deed(keys.own(0), 1), dice(1));
        V1Transaction text = chain.flawed(TransactionFlaw.SIGNED_ID, deed(keys.own(0), 1), dice(1));
        byte[] half = Arrays.copyOf(text.id().getBytes(StandardCharsets.US_ASCII), 32);
        assertThat(TransactionVerifier.isSignature(base64(base64), HexFormat.of().parseHex(base64.id()),
                keys.own(0).pem())).isTrue();
        assertThat(TransactionVerifier.isSignature(base64(text), half, keys.own(0).pem())).isTrue();
        assertThat(TransactionVerifier.isSignature(base64(text), HexFormat.of().parseHex(text.id()),
                keys.own(0).pem())).isFalse();
    }

    @Test
    void theLimitOfWhatIsReadIsAMegabyte() {
        V1Transaction longest = chain.flawed(TransactionFlaw.LONGEST, deed(keys.own(0), 1), dice(1));
        V1Transaction tooLong = chain.flawed(TransactionFlaw.TOO_LONG, deed(keys.own(0), 1), dice(1));
        assertThat(longest.info()).hasSize(1_048_576);
        assertThat(longest.truth().check()).isEqualTo("verified");
        assertThat(tooLong.info()).hasSize(1_048_577);
        assertThat(tooLong.truth()).isEqualTo(new TruthRow.Transaction("unreadable", null, null, null));
        assertThat(V1Transaction.id(tooLong.info())).isEqualTo(tooLong.id());
    }

    @Test
    void whatWasChangedIsSaidAsItStandsNow() {
        V1Transaction made = chain.flawed(TransactionFlaw.CHANGED_INFO, deed(keys.own(0), 1), dice(1));
        assertThat(V1Transaction.id(made.info())).isNotEqualTo(made.id());
        assertThat(made.truth().check()).isEqualTo("id_differs");
        assertThat(JSON.readTree(made.info()).get("owner").asString()).isEqualTo(made.truth().owner())
                .isNotEqualTo(keys.own(0).did());
    }

    private V1Chain.Deed deed(SigningKey initiator, int tokens) {
        return new V1Chain.Deed(initiator, keys.own(0).did(), WHEN, tokens(tokens));
    }

    private static List<ChainToken> tokens(int count) {
        return IntStream.rangeClosed(1, Math.max(1, count))
                .mapToObj(i -> new ChainToken("1_" + i, TokenKind.WHOLE, BigDecimal.ONE, "")).toList();
    }

    private static Dice dice(int number) {
        return Dice.of(7, "test", number);
    }

    private static byte[] hex(JsonNode text) {
        return HexFormat.of().parseHex(text.asString());
    }

    private static byte[] base64(V1Transaction made) {
        return Base64.getDecoder().decode(JSON.readTree(made.signature()).get("initiatorSignature").asString());
    }
}

package io.tokensync.simulator.chain;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.tokensync.common.model.TokenKind;
import io.tokensync.simulator.chain.TransactionInfo.Entry;
import io.tokensync.simulator.chain.TransactionInfo.Quorum;
import io.tokensync.simulator.chain.TransactionInfo.Tokens;

import static org.assertj.core.api.Assertions.assertThat;

/** With the vectors of the node's own tests. */
class TransactionInfoTest {
    private static final BigDecimal THOUSANDTH = new BigDecimal("0.001");
    private static final TransactionInfo FULL = new TransactionInfo("bafybmiinitiatordid", "bafybmiownerdid",
            1_755_500_000, "testnet",
            new Tokens(List.of(new Entry("QmRBTTokenOne", "prevtxn1", "", THOUSANDTH)), List.of(), List.of(),
                    List.of()),
            List.of(new Entry("QmCommittedOne", "", "", THOUSANDTH)),
            List.of(new Quorum("bafybmiquorumdid",
                    List.of(new Entry("QmPledged", "prevpledge", "", BigDecimal.ONE)))),
            "transfer memo", null);

    @Test
    void theIdIsTheHashOfWhatItSays() {
        TransactionInfo nothing = new TransactionInfo("", "", 0, "", null, null, null, "", null);
        assertThat(nothing.json()).isEqualTo("{\"initiator\":\"\",\"owner\":\"\",\"epoch\":0,\"network\":\"\","
                + "\"tokens\":null,\"committedTokens\":null,\"quorums\":null,\"memo\":\"\"}");
        assertThat(V1Transaction.id(nothing.json()))
                .isEqualTo("01917d24f4033b51535b9be57ff7b4e292debd325d9ba7c9c35caa7371b8df9a");
        TransactionInfo noTokens = new TransactionInfo("", "", 0, "", new Tokens(null, null, null, null), null, null,
                "", null);
        assertThat(V1Transaction.id(noTokens.json()))
                .isEqualTo("60f725fb791e94cf38ebd6e08d7f1d167011e3b2c37758ba0e5228a235933b10");
        assertThat(V1Transaction.id(FULL.json()))
                .isEqualTo("15a805c783d55227c214cf8ea92bca1bdc4db955e47b3fb80f9e6cf18d0c3589");
    }

    @Test
    void tokensStandUnderTheirKindsWithPlainValues() {
        Tokens tokens = Tokens.of(List.of(new ChainToken("1_1", TokenKind.WHOLE, new BigDecimal("1.000"), ""),
                new ChainToken("F_1", TokenKind.FT, new BigDecimal("1E+1"), "p"),
                new ChainToken("1_1_1", TokenKind.PART, new BigDecimal("0.250"), "")), true);
        assertThat(FULL.withMemo("").json()).contains("\"tokenValue\":0.001");
        assertThat(new TransactionInfo("", "", 0, "", tokens, null, null, "", null).json())
                .contains("\"tokens\":{\"rbt\":[{\"tokenId\":\"1_1\",\"previousTransactionID\":\"\",\"data\":\"\","
                        + "\"tokenValue\":1},{\"tokenId\":\"1_1_1\",\"previousTransactionID\":\"\",\"data\":\"\","
                        + "\"tokenValue\":0.25}],\"nft\":null,\"ft\":[{\"tokenId\":\"F_1\","
                        + "\"previousTransactionID\":\"p\",\"data\":\"\",\"tokenValue\":10}],\"smartContract\":null}");
    }

    @Test
    void anEarlierStateHasNoValuesAnObjectOfQuorumsAndDataAtTheEnd() {
        Tokens tokens = Tokens.of(List.of(new ChainToken("1_1", TokenKind.WHOLE, BigDecimal.ONE, "")), false);
        assertThat(FULL.earlier(Map.of(), tokens).json()).doesNotContain("\"1_1\",\"previousTransactionID\":\"\","
                + "\"data\":\"\",\"tokenValue\"").contains("\"quorums\":{}")
                .endsWith("\"memo\":\"transfer memo\",\"data\":\"\"}");
    }
}

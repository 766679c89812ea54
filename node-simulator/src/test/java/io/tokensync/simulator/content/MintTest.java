package io.tokensync.simulator.content;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.tokensync.common.model.TokenKind;
import io.tokensync.ipfs.Cid;
import io.tokensync.ipfs.UnixFs;

import static org.assertj.core.api.Assertions.assertThat;

class MintTest {
    private final Mint mint = new Mint(42);

    @ParameterizedTest
    @CsvSource({"1, 0, QmUeBM2pNTbyYZ4LrsCNHb3hUTpBwYgW7XHrmJucy9cKvy",
            "1, 4999999, QmejHUwsQBYAz1M3aqEQ6oz12Z3pKeuw82b1As7EgAHkiY",
            "2, 0, Qmeus8SJcAbXiDjaoUXoRNde5wxj4xZJ94zHgq1k3afBcf",
            "4, 1000000, QmT1apmFC1qaDqCZWTVjRXZBhah4NXkKqW1NNyiPhMEUDY",
            "78, 17601, QmRbHrbjipGi1D1baHwHr3HQv1PbTgQtc9GNZSNhmhJe9Q"})
    void wholeTokensHaveTheIdsOfTheMainNet(int level, int number, String id) {
        String content = new WholeToken(level, number).content();
        assertThat(content).hasSize(67);
        assertThat(idOf(content)).isEqualTo(id);
    }

    @Test
    void thereAreAsManyWholeTokensAsTheMainNetHas() {
        assertThat(WholeToken.COUNT).isEqualTo(52_038_543 + 56 + 79);
    }

    @Test
    void everyIndexIsAnotherWholeToken() {
        Set<WholeToken> seen = new HashSet<>();
        for (int index = 0; index < 200_000; index++) {
            assertThat(seen.add(WholeToken.at(WholeToken.COUNT - 7, index))).isTrue();
        }
    }

    @Test
    void fungibleTokensAreNameIndexAndCreator() {
        assertThat(idOf("TRI 0 bafybmibeud2c4ucgew6m5tttj7zneosplm4eiklwg4migdimdwmezkzi6u"))
                .isEqualTo("QmeVzkYngV4otTyEdDHNCK4bZS8PJzwRDToWgECTkmL3Rf");
        String creator = mint.did(0, 0);
        assertThat(mint.fungible(17, creator).content()).matches("[A-Z]{3} 17 " + creator);
    }

    @Test
    void didsAreWellFormed() {
        for (int node = 0; node < 50; node++) {
            assertThat(mint.did(node, 1)).matches("bafybmi[a-z2-7]{52}");
        }
    }

    @Test
    void theBlockHoldsTheContentAndHasTheId() {
        String did = mint.did(1, 0);
        for (Token token : new Token[]{mint.whole(5), mint.test(5), mint.part(5, mint.whole(4).id(), did, 1, 0.25),
                mint.fungible(5, did), mint.nft(5, did), mint.contract(5, did), mint.data(5, did)}) {
            assertThat(token.cid().hashes(token.block().bytes())).as(token.kind().code()).isTrue();
            assertThat(UnixFs.decode(token.block().bytes())).isInstanceOfSatisfying(UnixFs.Decoded.File.class,
                    file -> assertThat(new String(file.content(), StandardCharsets.UTF_8)).isEqualTo(token.content()));
        }
    }

    @Test
    void contentHasTheSizesOfTheMainNet() {
        String did = mint.did(1, 0);
        assertThat(mint.part(5, mint.whole(4).id(), did, 1, 0.25).content()).matches("[0-9a-f]{640,760}");
        assertThat(mint.nft(5, did).content()).hasSize(142);
        assertThat(mint.contract(5, did).content()).hasSize(281);
    }

    @Test
    void theSameSeedMakesTheSameTokens() {
        assertThat(new Mint(42).data(9, "did")).isEqualTo(mint.data(9, "did"));
        assertThat(new Mint(43).whole(9).id()).isNotEqualTo(mint.whole(9).id());
        assertThat(mint.test(3).kind()).isEqualTo(TokenKind.WHOLE);
    }

    private static String idOf(String content) {
        return Cid.v0Of(content.getBytes(StandardCharsets.UTF_8)).toString();
    }
}

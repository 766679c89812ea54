package io.tokensync.simulator.postgres;

import java.math.BigDecimal;
import java.util.List;

import io.tokensync.common.model.TokenKind;
import io.tokensync.simulator.chain.ChainToken;
import io.tokensync.simulator.content.Mint;
import io.tokensync.simulator.content.Token;
import io.tokensync.simulator.content.WholeToken;
import io.tokensync.simulator.truth.TruthRow;

/**
 * A token as v1 names it, with what nodes have of it in IPFS.
 *
 * @param id {@code <level>_<number>} of a whole token, {@code <parent>_<index>} of a part, name, index and DID of a
 *        fungible one, a CID of the others
 * @param parent whose part it is; null when it is none
 * @param files IPFS files; the first says the id, and its CID is the token's state hash
 * @param content what is to be found under the id
 */
public record V1Token(String id, TokenKind kind, String parent, BigDecimal value, List<Token> files,
        TruthRow.Content content) {
    private static final TruthRow.Content NO_CID = TruthRow.Content.failed(TruthRow.Content.NOT_A_CID);

    /** A whole token: on the main net the one that {@link Mint#whole} has with this index. */
    public static V1Token whole(Mint mint, V1Network network, long index) {
        WholeToken whole = mint.level(index);
        String id = (network.firstLevel() + whole.level()) + "_" + whole.number();
        if (network != V1Network.MAIN) {
            return of(id, TokenKind.WHOLE, null, BigDecimal.ONE);
        }
        Token file = mint.whole(index);
        return new V1Token(id, TokenKind.WHOLE, null, BigDecimal.ONE, List.of(says(id), file),
                TruthRow.Content.of(file.content()));
    }

    /** A part of a token, by its number from 1. */
    public static V1Token part(String parent, int number, BigDecimal value) {
        return of(parent + '_' + number, TokenKind.PART, parent, value);
    }

    static V1Token fungible(Mint mint, long index, String creator) {
        Token token = mint.fungible(index, creator);
        return of(token.content().replace(' ', '_'), TokenKind.FT, null, BigDecimal.valueOf(token.value()));
    }

    /** An NFT or a contract, whose id is the CID of its file as ever. */
    static V1Token ofFile(Token file) {
        return new V1Token(file.id(), file.kind(), null, BigDecimal.ONE, List.of(says(file.id()), file),
                TruthRow.Content.of(file.content()));
    }

    /** As a transaction names it. */
    public ChainToken inChain(String previous) {
        return new ChainToken(id, kind, value, previous);
    }

    String stateHash() {
        return files.getFirst().id();
    }

    private static V1Token of(String id, TokenKind kind, String parent, BigDecimal value) {
        return new V1Token(id, kind, parent, value, List.of(says(id)), NO_CID);
    }

    private static Token says(String id) {
        return Token.of(TokenKind.DATA, id, 0, null, List.of());
    }
}

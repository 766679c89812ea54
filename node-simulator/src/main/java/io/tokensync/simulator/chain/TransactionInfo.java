package io.tokensync.simulator.chain;

import java.math.BigDecimal;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;

import io.tokensync.common.model.TokenKind;

/**
 * What a transaction says, field for field as the node's JSON has it.
 *
 * @param owner of the tokens after it; empty for a deployment
 * @param epoch seconds since 1970
 * @param network mainnet, testnet or localnet
 * @param quorums a list of {@link Quorum}; in an earlier state of v1 an object by DID
 * @param data of an earlier state of v1; null in the released one, which does not have it
 */
@JsonPropertyOrder({"initiator", "owner", "epoch", "network", "tokens", "committedTokens", "quorums", "memo", "data"})
public record TransactionInfo(String initiator, String owner, long epoch, String network, Tokens tokens,
        List<Entry> committedTokens, Object quorums, String memo,
        @JsonInclude(JsonInclude.Include.NON_NULL) String data) {
    private static final JsonMapper JSON = JsonMapper.builder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    /** Tokens by their kinds; null where there are none. */
    @JsonPropertyOrder({"rbt", "nft", "ft", "smartContract"})
    public record Tokens(List<Entry> rbt, List<Entry> nft, List<Entry> ft, List<Entry> smartContract) {
        /** The tokens of a transaction of one kind or several. */
        public static Tokens of(List<ChainToken> tokens, boolean withValues) {
            return new Tokens(list(tokens, withValues, TokenKind.WHOLE, TokenKind.PART),
                    list(tokens, withValues, TokenKind.NFT), list(tokens, withValues, TokenKind.FT),
                    list(tokens, withValues, TokenKind.CONTRACT));
        }

        private static List<Entry> list(List<ChainToken> tokens, boolean withValues, TokenKind... kinds) {
            List<Entry> entries = tokens.stream().filter(token -> List.of(kinds).contains(token.kind()))
                    .map(token -> token.entry(withValues)).toList();
            return entries.isEmpty() ? null : entries;
        }
    }

    /**
     * A token.
     *
     * @param previousTransactionID empty when there was none
     * @param tokenValue null in an earlier state of v1, which does not have it
     */
    @JsonPropertyOrder({"tokenId", "previousTransactionID", "data", "tokenValue"})
    public record Entry(String tokenId, String previousTransactionID, String data,
            @JsonInclude(JsonInclude.Include.NON_NULL) BigDecimal tokenValue) {}

    /** A quorum with the tokens that it pledges. */
    @JsonPropertyOrder({"did", "tokens"})
    public record Quorum(String did, List<Entry> tokens) {}

    /** The text whose hash is the transaction's id. */
    public String json() {
        return JSON.writeValueAsString(this);
    }

    TransactionInfo withOwner(String newOwner) {
        return new TransactionInfo(initiator, newOwner, epoch, network, tokens, committedTokens, quorums, memo, data);
    }

    TransactionInfo withMemo(String newMemo) {
        return new TransactionInfo(initiator, owner, epoch, network, tokens, committedTokens, quorums, newMemo, data);
    }

    /** The same in the form of an earlier state of v1. */
    TransactionInfo earlier(Object newQuorums, Tokens withoutValues) {
        return new TransactionInfo(initiator, owner, epoch, network, withoutValues, committedTokens, newQuorums, memo,
                "");
    }
}

package io.tokensync.simulator.postgres;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

import io.tokensync.simulator.content.Dice;

/**
 * A row of {@code transactions}.
 *
 * @param id SHA3-256 of the information, in hex
 * @param info JSON as the node writes it
 * @param signature JSON; the signature in it is none of the initiator's
 * @param when when it was
 */
public record V1Transaction(String id, String info, String signature, Instant when) {
    private static final int SIGNATURE_BYTES = 71;

    /** What a transaction did with one token: a row of {@code tokenchain}. */
    public record Step(V1Transaction transaction, V1Role role) {}

    /** From whom to whom. */
    public record Parties(String initiator, String owner) {}

    /** The transaction that makes a token. */
    public static V1Transaction mint(V1Network network, String did, Instant when, V1Token token, Dice dice) {
        return of(network, new Parties(did, did), when, token.kind().code(), List.of(token.id()), "", dice);
    }

    /**
     * A transaction with tokens of one kind.
     *
     * @param kind whole, part, ft, nft or contract
     * @param previous transaction before it, of all of the tokens; empty when there was none
     */
    public static V1Transaction of(V1Network network, Parties parties, Instant when, String kind, List<String> tokens,
            String previous, Dice dice) {
        String list = tokens.stream().map(
                id -> "{\"tokenId\":\"" + id + "\",\"previousTransactionID\":\"" + previous + "\",\"data\":\"\"}")
                .collect(Collectors.joining(",", "[", "]"));
        String info = "{\"initiator\":\"" + parties.initiator + "\",\"owner\":\"" + parties.owner + "\",\"epoch\":"
                + when.getEpochSecond() + ",\"network\":\"" + network.mode() + "\",\"tokens\":{\"rbt\":"
                + (kind.equals("whole") || kind.equals("part") ? list : null) + ",\"nft\":"
                + (kind.equals("nft") ? list : null) + ",\"ft\":" + (kind.equals("ft") ? list : null)
                + ",\"smartContract\":" + (kind.equals("contract") ? list : null)
                + "},\"committedTokens\":null,\"quorums\":null,\"memo\":\"\"}";
        String signature = "{\"initiatorSignature\":\"" + HexFormat.of().formatHex(dice.bytes(SIGNATURE_BYTES))
                + "\",\"quorums\":[]}";
        return new V1Transaction(sha3(info), info, signature, when);
    }

    /** What it did with a token. */
    public Step as(V1Role role) {
        return new Step(this, role);
    }

    private static String sha3(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA3-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java platform has no SHA3-256", e);
        }
    }
}

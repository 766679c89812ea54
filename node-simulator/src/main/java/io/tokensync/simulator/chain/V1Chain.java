package io.tokensync.simulator.chain;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import io.tokensync.common.model.TransactionCheck;
import io.tokensync.simulator.content.Dice;
import io.tokensync.simulator.truth.TruthRow;

/** Makes the transactions of one node, signed, and says what must be found out about them. */
public final class V1Chain {
    /** Characters of information that are read; of a longer one nothing is. */
    private static final int LONGEST = 1 << 20;
    private static final int HUGE = 4 << 20;
    private static final double WITH_QUORUM = 0.3;

    private final NodeKeys keys;
    private final String network;
    private final boolean earlier;

    /**
     * What a transaction does with which tokens.
     *
     * @param initiator whose key signs it
     * @param owner of the tokens after it; empty for a deployment
     * @param when to the microsecond, of which the transaction itself says the second
     */
    public record Deed(SigningKey initiator, String owner, Instant when, List<ChainToken> tokens) {}

    /**
     * @param network mainnet, testnet or localnet
     * @param earlier whether the node is of a state that writes the earlier form
     */
    public V1Chain(NodeKeys keys, String network, boolean earlier) {
        this.keys = keys;
        this.network = network;
        this.earlier = earlier;
    }

    /** A transaction with nothing wrong; the dice say whether a quorum has a part in it. */
    public V1Transaction transaction(Deed deed, Dice dice) {
        return flawed(TransactionFlaw.NONE, deed, dice);
    }

    /** A transaction with something wrong or odd. */
    public V1Transaction flawed(TransactionFlaw flaw, Deed deed, Dice dice) {
        SigningKey quorum = dice.chance(WITH_QUORUM) ? keys.stranger(dice.below(Integer.MAX_VALUE)) : null;
        TransactionInfo info = info(deed, quorum, earlier || flaw == TransactionFlaw.EARLIER_FORM);
        return switch (flaw) {
            case CHANGED_INFO -> changed(info, deed, quorum);
            case MISSING -> new V1Transaction(V1Transaction.id(info.json()), null, null, deed.when,
                    unread(TransactionCheck.MISSING));
            case NOT_A_TRANSACTION -> unreadable("[\"" + deed.tokens.getFirst().id() + "\"]", deed, quorum);
            case LONGEST -> signed(padded(info, LONGEST), flaw, deed, quorum);
            case TOO_LONG -> unreadable(padded(info, LONGEST + 1).json(), deed, quorum);
            case HUGE -> unreadable(padded(info, HUGE).json(), deed, quorum);
            default -> signed(info, flaw, deed, quorum);
        };
    }

    private TransactionInfo info(Deed deed, SigningKey quorum, boolean old) {
        List<TransactionInfo.Quorum> quorums = quorum == null
                ? null
                : List.of(new TransactionInfo.Quorum(quorum.did(), List.of()));
        TransactionInfo info = new TransactionInfo(deed.initiator.did(), deed.owner, deed.when.getEpochSecond(),
                network, TransactionInfo.Tokens.of(deed.tokens, true), null, quorums, "", null);
        return old
                ? info.earlier(quorum == null ? Map.of() : Map.of(quorum.did(), List.of()),
                        TransactionInfo.Tokens.of(deed.tokens, false))
                : info;
    }

    private V1Transaction signed(TransactionInfo info, TransactionFlaw flaw, Deed deed, SigningKey quorum) {
        String json = info.json();
        byte[] digest = V1Transaction.digest(json);
        String id = HexFormat.of().formatHex(digest);
        String signature = flaw == TransactionFlaw.NO_SIGNATURE
                ? "{}"
                : signature(initiatorSignature(flaw, deed.initiator, digest, id), digest, quorum);
        TransactionCheck check = switch (flaw) {
            case OTHER_KEY -> TransactionCheck.SIGNATURE_DIFFERS;
            case NO_SIGNATURE, EMPTY_SIGNATURE -> TransactionCheck.ID_VERIFIED;
            default -> TransactionCheck.VERIFIED;
        };
        return new V1Transaction(id, json, signature, deed.when, truth(info, check));
    }

    /** Under the id and with the signature of what it said at first. */
    private V1Transaction changed(TransactionInfo info, Deed deed, SigningKey quorum) {
        V1Transaction first = signed(info, TransactionFlaw.NONE, deed, quorum);
        TransactionInfo now = info.withOwner(keys.stranger(info.epoch()).did()).withMemo("changed");
        return new V1Transaction(first.id(), now.json(), first.signature(), deed.when,
                truth(now, TransactionCheck.ID_DIFFERS));
    }

    private V1Transaction unreadable(String info, Deed deed, SigningKey quorum) {
        byte[] digest = V1Transaction.digest(info);
        String by = HexFormat.of().formatHex(deed.initiator.sign(digest));
        return new V1Transaction(HexFormat.of().formatHex(digest), info, signature(by, digest, quorum), deed.when,
                unread(TransactionCheck.UNREADABLE));
    }

    private String initiatorSignature(TransactionFlaw flaw, SigningKey initiator, byte[] digest, String id) {
        HexFormat hex = HexFormat.of();
        Base64.Encoder base64 = Base64.getEncoder();
        return switch (flaw) {
            case EMPTY_SIGNATURE -> "";
            case OTHER_KEY -> hex.formatHex(otherThan(initiator).sign(digest));
            case BASE64 -> base64.encodeToString(initiator.sign(digest));
            case SIGNED_ID -> base64.encodeToString(initiator.sign(id.getBytes(StandardCharsets.US_ASCII)));
            default -> hex.formatHex(initiator.sign(digest));
        };
    }

    private SigningKey otherThan(SigningKey key) {
        return keys.own(0) == key ? keys.own(1) : keys.own(0);
    }

    private static String signature(String initiator, byte[] digest, SigningKey quorum) {
        String quorums = quorum == null
                ? ""
                : "{\"did\":\"" + quorum.did() + "\",\"signature\":\"" + HexFormat.of().formatHex(quorum.sign(digest))
                        + "\"}";
        return "{\"initiatorSignature\":\"" + initiator + "\",\"quorums\":[" + quorums + "]}";
    }

    /** With a memo that makes it so many characters long. */
    private static TransactionInfo padded(TransactionInfo info, int length) {
        return info.withMemo("x".repeat(length - info.json().length()));
    }

    /** A signature can be right or wrong only where the key is at hand. */
    private TruthRow.Transaction truth(TransactionInfo info, TransactionCheck check) {
        boolean needsKey = check == TransactionCheck.VERIFIED || check == TransactionCheck.SIGNATURE_DIFFERS;
        TransactionCheck found = needsKey && !keys.atHand(info.initiator()) ? TransactionCheck.ID_VERIFIED : check;
        return new TruthRow.Transaction(found.code(), info.initiator(), info.owner().isEmpty() ? null : info.owner(),
                Instant.ofEpochSecond(info.epoch()));
    }

    private static TruthRow.Transaction unread(TransactionCheck check) {
        return new TruthRow.Transaction(check.code(), null, null, null);
    }
}

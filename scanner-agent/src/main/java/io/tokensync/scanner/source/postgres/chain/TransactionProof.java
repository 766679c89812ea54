package io.tokensync.scanner.source.postgres.chain;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

import io.tokensync.common.model.TokenTransaction;
import io.tokensync.common.model.TransactionCheck;

/**
 * Looks what a transaction proves about itself: its id is the hash of what it says, and its initiator has signed that.
 */
final class TransactionProof {
    private final DidKeys keys;
    private final MessageDigest hash;

    TransactionProof(DidKeys keys) {
        this.keys = keys;
        try {
            this.hash = MessageDigest.getInstance("SHA3-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the Java runtime has no SHA3-256", e);
        }
    }

    /**
     * Checks a transaction.
     *
     * @param info what it says, byte for byte as the node hashed it; null when it is too long to be read
     * @param signature the signatures beside it, as JSON; null when there are none that can be read
     */
    TokenTransaction of(String id, byte[] info, byte[] signature) {
        if (info == null) {
            return TokenTransaction.unread(TransactionCheck.UNREADABLE);
        }
        byte[] digest = hash.digest(info);
        Optional<TransactionInfo> said = TransactionInfo.parse(info);
        boolean isItsId = HexFormat.of().formatHex(digest).equals(id);
        if (said.isEmpty()) {
            return TokenTransaction.unread(isItsId ? TransactionCheck.UNREADABLE : TransactionCheck.ID_DIFFERS);
        }
        TransactionCheck check = isItsId
                ? signed(said.get().initiator(), signature, digest, id.getBytes(StandardCharsets.US_ASCII))
                : TransactionCheck.ID_DIFFERS;
        return new TokenTransaction(check, said.get().initiator(), said.get().owner(), said.get().time());
    }

    /** Nodes sign the hash; those of an earlier state signed its text, which is the id. */
    private TransactionCheck signed(String initiator, byte[] signatures, byte[] digest, byte[] id) {
        Optional<String> signature = signatures == null
                ? Optional.empty()
                : TransactionInfo.initiatorSignature(signatures);
        Optional<Secp256k1Key> key = signature.flatMap(_ -> keys.find(initiator));
        if (key.isEmpty()) {
            return TransactionCheck.ID_VERIFIED;
        }
        return decode(signature.get()).filter(der -> key.get().hasSigned(der, digest, id)).isPresent()
                ? TransactionCheck.VERIFIED
                : TransactionCheck.SIGNATURE_DIFFERS;
    }

    /** Hexadecimal digits; Base64 in an earlier state. */
    private static Optional<byte[]> decode(String signature) {
        try {
            boolean hex = signature.length() % 2 == 0 && signature.chars().allMatch(HexFormat::isHexDigit);
            return Optional.of(hex ? HexFormat.of().parseHex(signature) : Base64.getDecoder().decode(signature));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}

package io.tokensync.simulator;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.tokensync.simulator.truth.TruthRow;

/** What is found out about the transactions of a node, from its table and its files alone. */
final class TransactionRules {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int LONGEST = 1_048_576;
    private static final int DIGEST = 32;

    private final Path dids;
    private final Map<String, Map<String, String>> table = new HashMap<>();
    private final Map<String, TruthRow.Transaction> checked = new HashMap<>();

    /**
     * @param dids directory of the public keys
     * @param transactions rows with id, info and signature
     */
    TransactionRules(Path dids, List<Map<String, String>> transactions) {
        this.dids = dids;
        transactions.forEach(row -> table.put(row.get("id"), row));
    }

    /** Null when there is no id. */
    TruthRow.Transaction check(String id) throws IOException {
        if (id == null) {
            return null;
        }
        if (!checked.containsKey(id)) {
            checked.put(id, table.containsKey(id) ? check(table.get(id)) : unread("missing"));
        }
        return checked.get(id);
    }

    static byte[] sha3(String text) {
        try {
            return MessageDigest.getInstance("SHA3-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private TruthRow.Transaction check(Map<String, String> row) throws IOException {
        String text = row.get("info");
        if (text.length() > LONGEST) {
            return unread("unreadable");
        }
        JsonNode info = JSON.readTree(text);
        if (!info.isObject()) {
            return unread("unreadable");
        }
        String initiator = info.get("initiator").asString();
        String owner = info.get("owner").asString();
        byte[] digest = sha3(text);
        String check = HexFormat.of().formatHex(digest).equals(row.get("id"))
                ? signature(initiator, JSON.readTree(row.get("signature")).path("initiatorSignature").asString(""),
                        digest)
                : "id_differs";
        return new TruthRow.Transaction(check, initiator, owner.isEmpty() ? null : owner,
                Instant.ofEpochSecond(info.get("epoch").asLong()));
    }

    private String signature(String initiator, String signature, byte[] digest) throws IOException {
        Path file = dids.resolve(initiator).resolve("pubKey.pem");
        String pem = Files.exists(file) ? Files.readString(file) : "";
        if (signature.isEmpty() || TransactionVerifier.point(pem).isEmpty()) {
            return "id_verified";
        }
        byte[] der = signature.matches("([0-9a-f]{2})+")
                ? HexFormat.of().parseHex(signature)
                : Base64.getDecoder().decode(signature);
        byte[] id = HexFormat.of().formatHex(digest).getBytes(StandardCharsets.US_ASCII);
        return TransactionVerifier.isSignature(der, digest, pem)
                || TransactionVerifier.isSignature(der, Arrays.copyOf(id, DIGEST), pem)
                        ? "verified"
                        : "signature_differs";
    }

    private static TruthRow.Transaction unread(String check) {
        return new TruthRow.Transaction(check, null, null, null);
    }
}

package io.tokensync.common.model;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Identity of a row of {@code TokenRecords}: the machine, the node on it and the token.
 *
 * @param sourceIp the machine, as its agent is configured; not blank
 * @param nodeName the directory above {@code Rubix}, or its alias; not blank
 * @param tokenId usually a CIDv0, but whatever the node holds is kept; not blank
 */
public record TokenKey(String sourceIp, String nodeName, String tokenId) implements Comparable<TokenKey> {
    public TokenKey {
        requireText("source_ip", sourceIp);
        requireText("node_name", nodeName);
        requireText("token_id", tokenId);
    }

    /**
     * The Kafka record key: {@code source_ip|node_name|token_id}. A bar or backslash inside the first two parts is
     * escaped by a backslash, so that two identities never share a key.
     */
    public byte[] toRecordKey() {
        return (escape(sourceIp) + '|' + escape(nodeName) + '|' + tokenId).getBytes(StandardCharsets.UTF_8);
    }

    /** The Kafka record key of what is about a whole node, made in the same way: {@code source_ip|node_name}. */
    public static byte[] nodeKey(String sourceIp, String nodeName) {
        return (escape(sourceIp) + '|' + escape(nodeName)).getBytes(StandardCharsets.UTF_8);
    }

    /** Reads what {@link #toRecordKey} wrote; empty when it is something else. */
    public static Optional<TokenKey> ofRecordKey(byte[] key) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        String text = new String(key, StandardCharsets.UTF_8);
        int at = 0;
        while (at < text.length() && parts.size() < 2) {
            char c = text.charAt(at++);
            if (c == '|') {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(c == '\\' && at < text.length() ? text.charAt(at++) : c);
            }
        }
        if (parts.size() < 2 || parts.getFirst().isBlank() || parts.getLast().isBlank()
                || text.substring(at).isBlank()) {
            return Optional.empty();
        }
        return Optional.of(new TokenKey(parts.getFirst(), parts.getLast(), text.substring(at)));
    }

    @Override
    public int compareTo(TokenKey other) {
        int bySource = compare(sourceIp, other.sourceIp);
        int byNode = bySource != 0 ? bySource : compare(nodeName, other.nodeName);
        return byNode != 0 ? byNode : tokenId.compareTo(other.tokenId);
    }

    /** Of texts that keys of a batch share not a character is looked at. */
    private static int compare(String one, String other) {
        return one.equals(other) ? 0 : one.compareTo(other);
    }

    private static String escape(String part) {
        if (part.indexOf('|') < 0 && part.indexOf('\\') < 0) {
            return part;
        }
        return part.replace("\\", "\\\\").replace("|", "\\|");
    }

    private static void requireText(String name, String value) {
        Objects.requireNonNull(value, name);
        if (value.isBlank()) {
            throw new IllegalArgumentException(name + " is blank: a row without it has no identity");
        }
    }
}

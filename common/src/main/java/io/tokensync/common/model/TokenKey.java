package io.tokensync.common.model;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Objects;

/**
 * Identity of a row of {@code TokenRecords}: the machine, the node on it and the token.
 *
 * @param sourceIp the machine, as its agent is configured; not blank
 * @param nodeName the directory above {@code Rubix}, or its alias; not blank
 * @param tokenId usually a CIDv0, but whatever the node holds is kept; not blank
 */
public record TokenKey(String sourceIp, String nodeName, String tokenId) implements Comparable<TokenKey> {
    private static final Comparator<TokenKey> ORDER = Comparator.comparing(TokenKey::sourceIp)
            .thenComparing(TokenKey::nodeName).thenComparing(TokenKey::tokenId);

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

    @Override
    public int compareTo(TokenKey other) {
        return ORDER.compare(this, other);
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

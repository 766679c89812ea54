package io.tokensync.writer.verification;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.tokensync.common.model.Change;
import io.tokensync.common.model.TokenKey;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.model.TokenState;
import io.tokensync.common.verification.BucketSums;
import io.tokensync.common.verification.NodeDigest;
import io.tokensync.common.verification.NodeDigest.Repaired;
import io.tokensync.common.verification.RowDigest;
import io.tokensync.common.verification.StartedBy;
import io.tokensync.writer.verification.NodeTable.Node;

/** A scripted agent: what it would say of nodes from which these records come. */
public final class Digests {
    public static final String AGENT = "aaaaaaaa-0000-4000-8000-000000000001";
    public static final String OTHER_AGENT = "bbbbbbbb-0000-4000-8000-000000000002";
    public static final Instant AS_OF = Instant.parse("2026-03-29T02:00:00.123456Z");
    public static final Node NODE = new Node("10.0.0.1", "node1");

    private static final String SESSION = "5c4f7a2e-0000-4000-8000-000000000001";

    private Digests() {}

    /** What the node holds after these records, in whatever order. */
    public static BucketSums sums(Node node, Collection<TokenRecord> records) {
        BucketSums.Builder builder = new BucketSums.Builder();
        living(node, records).forEach((key, state) -> builder.add(key.tokenId(),
                RowDigest.of(key.tokenId(), state.row().fields())));
        return builder.sums();
    }

    /** The rows of the node that are there. */
    public static Map<TokenKey, TokenState> living(Node node, Collection<TokenRecord> records) {
        Map<TokenKey, TokenState> states = new TreeMap<>();
        records.stream().filter(record -> of(record.key()).equals(node))
                .forEach(record -> states.merge(record.key(), TokenState.of(record), TokenState::merge));
        states.values().removeIf(state -> state.row() == null || state.deletion() != null);
        return states;
    }

    /** The digest of {@link #NODE} after these records. */
    public static NodeDigest of(long watermark, Collection<TokenRecord> records) {
        return of(AGENT, watermark, sums(NODE, records));
    }

    public static NodeDigest of(String agent, long watermark, BucketSums sums) {
        return new NodeDigest(NODE.sourceIp(), NODE.nodeName(), agent, SESSION, "/data/node1/Rubix/rubix.db", watermark,
                AS_OF, StartedBy.SCHEDULE, true, sums.digest(), sums.reduced(), Repaired.NOTHING);
    }

    /** The rows of a node that has so many. */
    public static List<TokenRecord> without(List<TokenRecord> records, String tokenId) {
        List<TokenRecord> rest = new ArrayList<>(records);
        rest.removeIf(record -> record.key().tokenId().equals(tokenId) && record.change() instanceof Change.Upsert);
        return rest;
    }

    private static Node of(TokenKey key) {
        return new Node(key.sourceIp(), key.nodeName());
    }
}

package io.tokensync.bench.writer;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import io.tokensync.common.model.Change;
import io.tokensync.common.model.Content;
import io.tokensync.common.model.Provenance;
import io.tokensync.common.model.TokenKey;
import io.tokensync.common.model.TokenKind;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.model.TokenRow;
import io.tokensync.ipfs.Cid;

/** Rows as most of a node's are: a whole token, free, with its 67 characters of content. */
final class BenchRecords {
    /** Nobody's address, so that the rows of a benchmark can be told from all others. */
    static final String SOURCE_IP = "bench";

    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final String SESSION = "00000000-0000-0000-0000-000000000000";
    private static final String DID = "bafybmi" + "0123456789abcdefghijklmnopqrstuvwxyz0123456789abcdef";

    private BenchRecords() {}

    /** So many rows of this node. */
    static List<TokenRecord> of(String node, int count) {
        return IntStream.range(0, count).mapToObj(number -> record(node, number, 1, "0")).toList();
    }

    /** The same rows in their next version, transferred. */
    static List<TokenRecord> changed(String node, int count) {
        return IntStream.range(0, count).mapToObj(number -> record(node, number, 2, "4")).toList();
    }

    private static TokenRecord record(String node, int number, long version, String status) {
        String content = "004%064x".formatted(number);
        String id = Cid.v0Of(content.getBytes(StandardCharsets.US_ASCII)).toString();
        Instant time = BEGIN.plusSeconds(number);
        TokenRow row = new TokenRow(DID, status, "1.0", null, TokenKind.WHOLE, time, time, id,
                "%064x".formatted(number),
                List.of());
        Provenance from = new Provenance(SESSION, "/data/" + node + "/Rubix/rubix.db", "/data/" + node + "/.ipfs",
                time);
        return new TokenRecord(new TokenKey(SOURCE_IP, node, id), version, from, new Change.Upsert(row),
                new Content.Fetched(Content.Fetched.READING, content, "blockstore", null), null);
    }
}

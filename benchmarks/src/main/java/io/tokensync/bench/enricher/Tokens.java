package io.tokensync.bench.enricher;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

import io.tokensync.common.ipfs.Cid;
import io.tokensync.common.ipfs.UnixFs;
import io.tokensync.common.model.Change;
import io.tokensync.common.model.Content;
import io.tokensync.common.model.IpfsBlock;
import io.tokensync.common.model.Provenance;
import io.tokensync.common.model.TokenKey;
import io.tokensync.common.model.TokenKind;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.model.TokenRow;

/** Rows as agents publish them, numbered, with the content of a whole token each. */
final class Tokens {
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.1234567Z");
    private static final Provenance FROM = new Provenance("5c4f7a2e-0000-4000-8000-000000000001",
            "/data/nodes/node7/Rubix/rubix.db", "/data/nodes/node7/.ipfs", TIME);

    private Tokens() {}

    /** The row with its block attached. */
    static TokenRecord attached(int number) {
        byte[] content = content(number);
        return row(Cid.v0Of(content), number, new IpfsBlock(UnixFs.encode(content)));
    }

    /** The row without its block. */
    static TokenRecord bare(int number) {
        return row(id(number), number, null);
    }

    static Cid id(int number) {
        return Cid.v0Of(content(number));
    }

    static byte[] block(int number) {
        return UnixFs.encode(content(number));
    }

    private static byte[] content(int number) {
        return "%03d%064x".formatted(number % 78 + 1, number).getBytes(StandardCharsets.US_ASCII);
    }

    private static TokenRecord row(Cid id, int number, IpfsBlock block) {
        TokenRow fields = new TokenRow("bafybmibeud2c4ucgew6m5tttj7zneosplm4eiklwg4migdimdwmezkzi6u", "0", "1.0", null,
                TokenKind.WHOLE, TIME, TIME, "f".repeat(64), "a".repeat(64), List.of());
        return new TokenRecord(new TokenKey("192.0.2.1", "node" + number % 100, id.toString()), 7, FROM,
                new Change.Upsert(fields), Content.absent(), block);
    }
}

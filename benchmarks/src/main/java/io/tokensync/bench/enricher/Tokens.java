package io.tokensync.bench.enricher;

import java.time.Instant;
import java.util.List;

import io.tokensync.common.model.Change;
import io.tokensync.common.model.Content;
import io.tokensync.common.model.IpfsBlock;
import io.tokensync.common.model.Provenance;
import io.tokensync.common.model.TokenKey;
import io.tokensync.common.model.TokenKind;
import io.tokensync.common.model.TokenLevels;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.model.TokenRow;
import io.tokensync.enricher.codebook.Levels;
import io.tokensync.ipfs.Cid;
import io.tokensync.ipfs.HashFunction;
import io.tokensync.ipfs.Multihash;
import io.tokensync.ipfs.WholeToken;

/** Rows as agents publish them, numbered; each is another whole token of the levels. */
final class Tokens {
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.1234567Z");
    private static final Provenance FROM = new Provenance("5c4f7a2e-0000-4000-8000-000000000001",
            "/data/nodes/node7/Rubix/rubix.db", "/data/nodes/node7/.ipfs", TIME);
    /** A prime that no number of tokens is a multiple of: tokens next to each other stand in no order in the codebook. */
    private static final long STRIDE = 7_368_787;

    private final Levels levels;

    Tokens(Levels levels) {
        this.levels = levels;
    }

    /** The row with its block attached. */
    TokenRecord attached(int number) {
        return row(number, new IpfsBlock(block(number)));
    }

    /** The row without its block. */
    TokenRecord bare(int number) {
        return row(number, null);
    }

    Cid id(int number) {
        return Cid.v0(Multihash.of(HashFunction.SHA2_256, block(number)));
    }

    byte[] block(int number) {
        int first = TokenLevels.firstOrdinal(levels.first());
        return WholeToken.at(first + (int) (number * STRIDE % levels.tokens())).block();
    }

    private TokenRecord row(int number, IpfsBlock block) {
        TokenRow fields = new TokenRow("bafybmibeud2c4ucgew6m5tttj7zneosplm4eiklwg4migdimdwmezkzi6u", "0", "1.0", null,
                TokenKind.WHOLE, TIME, TIME, "f".repeat(64), "a".repeat(64), List.of());
        return new TokenRecord(new TokenKey("192.0.2.1", "node" + number % 100, id(number).toString()), 7, FROM,
                new Change.Upsert(fields), Content.absent(), block);
    }
}

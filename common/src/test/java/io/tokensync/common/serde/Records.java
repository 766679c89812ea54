package io.tokensync.common.serde;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

import io.tokensync.common.model.Change;
import io.tokensync.common.model.Content;
import io.tokensync.common.model.IpfsBlock;
import io.tokensync.common.model.NodeGeneration;
import io.tokensync.common.model.Provenance;
import io.tokensync.common.model.TokenKey;
import io.tokensync.common.model.TokenKind;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.model.TokenRow;
import io.tokensync.common.model.TokenTransaction;
import io.tokensync.common.model.TransactionCheck;
import io.tokensync.testkit.property.Gen;

/** Records by example, as the golden files hold them, and by chance. */
public final class Records {
    private static final TokenKey KEY = new TokenKey("10.0.0.7", "node-1",
            "QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG");
    private static final Provenance FROM = new Provenance("6f1c1f0e-52a5-4c0e-9f5b-0a4f2f9f3c11",
            "/srv/node-1/Rubix/rubix.db", "/srv/node-1/.ipfs", Instant.parse("2026-01-02T03:04:05.1234567Z"));
    private static final TokenRow WHOLE = new TokenRow("bafybmigoodfordidsoftwentyfourcharactersandmoreofthem", "0",
            "1.0", null, TokenKind.WHOLE, Instant.parse("2025-06-07T08:09:10Z"),
            Instant.parse("2025-06-07T08:09:10.0000001Z"), "state-hash", "tx-1", List.of());
    private static final TokenRow PART = new TokenRow("", "99", "0.00001",
            "QmPZ9gcCEpqKTo6aq61g2nXGUhM4iCL3ewB6LDXZCtioEB", TokenKind.PART, null, null, null, null,
            List.of("token_status_unknown: 99", "did_malformed: \"é😀\"\n"));

    private static final TokenRow OF_V1 = new TokenRow("bafybmiownerdid", "0", "free", "1", null, TokenKind.WHOLE,
            NodeGeneration.V1, Instant.parse("2025-08-18T06:53:21Z"), Instant.parse("2025-08-18T06:53:22.5Z"), null,
            "15a805c783d55227c214cf8ea92bca1bdc4db955e47b3fb80f9e6cf18d0c3589",
            new TokenTransaction(TransactionCheck.VERIFIED, "bafybmiinitiatordid", "bafybmiownerdid",
                    Instant.ofEpochSecond(1_755_500_000)),
            List.of());

    private Records() {}

    public static TokenRecord whole() {
        return new TokenRecord(KEY, 1, FROM, new Change.Upsert(WHOLE), Content.absent(), null);
    }

    public static TokenRecord part() {
        Provenance noIpfs = new Provenance(FROM.sessionId(), FROM.dbPath(), null, FROM.dbLastModified());
        return new TokenRecord(KEY, Long.MAX_VALUE, noIpfs, new Change.Upsert(PART), Content.absent(), null);
    }

    public static TokenRecord withBlock() {
        return new TokenRecord(KEY, 2, FROM, new Change.Upsert(WHOLE), Content.absent(),
                new IpfsBlock(new byte[]{0, 1, 2, -1, -2, 63, 62}));
    }

    public static TokenRecord withApi() {
        return new TokenRecord(KEY, 2, FROM, new Change.Upsert(WHOLE), Content.absent(), null,
                "/ip4/127.0.0.1/tcp/5003");
    }

    public static TokenRecord essential() {
        return new TokenRecord(KEY, 2, FROM, new Change.Upsert(WHOLE), Content.absent(), null,
                "/ip4/127.0.0.1/tcp/5003", true);
    }

    public static TokenRecord failed() {
        return whole().withContent(new Content.Failed(1_700_000_000_123L, "not_found: no source has it"));
    }

    public static TokenRecord fetched() {
        return whole().withContent(new Content.Fetched(1, "{\"rbt\":1}", "blockstore", null));
    }

    public static TokenRecord fetchedWithInfo() {
        return whole().withContent(new Content.Fetched(2, "004ab", "codebook", null,
                "{\"kind\":\"whole\",\"level\":4,\"number\":7}"));
    }

    public static TokenRecord fetchedWithNote() {
        return whole().withContent(new Content.Fetched(1, "AAEC", "kubo", "not_utf8: Base64"));
    }

    public static TokenRecord withTransaction() {
        Provenance from = new Provenance(FROM.sessionId(), "/srv/node-1/config.toml", null, FROM.dbLastModified());
        return new TokenRecord(new TokenKey(KEY.sourceIp(), KEY.nodeName(), "4_7"), 2, from,
                new Change.Upsert(OF_V1), new Content.Fetched(2, "004ab", "derived", null,
                        "{\"kind\":\"whole\",\"level\":4,\"number\":7}"),
                null);
    }

    public static TokenRecord deleted() {
        return new TokenRecord(KEY, 3, FROM, new Change.Delete(Instant.parse("2026-02-03T04:05:06.7Z")),
                Content.absent(), null);
    }

    /** Any record the model can hold. */
    public static TokenRecord random(Gen gen) {
        TokenKey key = new TokenKey("s" + text(gen), "n" + text(gen), "t" + text(gen));
        Provenance from = new Provenance(text(gen), text(gen), gen.orNull(() -> text(gen)), instant(gen));
        Change change = gen.percent(20) ? new Change.Delete(instant(gen)) : new Change.Upsert(row(gen));
        IpfsBlock block = gen.orNull(() -> new IpfsBlock(text(gen).getBytes(StandardCharsets.UTF_8)));
        return new TokenRecord(key, gen.number(1, Long.MAX_VALUE - 1), from, change, content(gen), block,
                gen.orNull(() -> text(gen)), gen.percent(20));
    }

    private static TokenRow row(Gen gen) {
        return new TokenRow(gen.orNull(() -> text(gen)), gen.orNull(() -> text(gen)), gen.orNull(() -> text(gen)),
                gen.orNull(() -> text(gen)), gen.orNull(() -> text(gen)), gen.oneOf(TokenKind.values()),
                gen.oneOf(NodeGeneration.values()), gen.orNull(() -> instant(gen)), gen.orNull(() -> instant(gen)),
                gen.orNull(() -> text(gen)), gen.orNull(() -> text(gen)), gen.orNull(() -> transaction(gen)),
                gen.flag() ? List.of() : gen.list(5, Records::text));
    }

    private static TokenTransaction transaction(Gen gen) {
        return new TokenTransaction(gen.oneOf(TransactionCheck.values()), gen.orNull(() -> text(gen)),
                gen.orNull(() -> text(gen)), gen.orNull(() -> instant(gen)));
    }

    private static Content content(Gen gen) {
        return switch (gen.integer(0, 2)) {
            case 0 -> Content.absent();
            case 1 -> new Content.Failed(gen.number(), text(gen));
            default -> new Content.Fetched(gen.number(), text(gen), text(gen), gen.orNull(() -> text(gen)),
                    gen.orNull(() -> text(gen)));
        };
    }

    /** A hundred years each way, with and without fraction, and the ends of time. */
    private static Instant instant(Gen gen) {
        return switch (gen.integer(0, 9)) {
            case 0 -> Instant.MIN;
            case 1 -> Instant.MAX;
            case 2 -> Instant.ofEpochSecond(gen.number(-3_000_000_000L, 3_000_000_000L));
            default ->
                Instant.ofEpochSecond(gen.number(-99_000_000_000L, 400_000_000_000L), gen.integer(0, 999_999_999));
        };
    }

    /** Every plane of Unicode, control characters, quotes; sometimes longer than any buffer. */
    private static String text(Gen gen) {
        StringBuilder text = new StringBuilder();
        int length = gen.percent(2) ? gen.integer(5_000, 20_000) : gen.integer(0, 40);
        while (text.length() < length) {
            text.appendCodePoint(switch (gen.integer(0, 5)) {
                case 0 -> gen.integer(0, 0x1F);
                case 1 -> gen.oneOf((int) '"', (int) '\\', (int) '/', 0x7F, 0x2028, 0xFFFD, 0xFEFF);
                case 2 -> gen.integer(0x80, 0xD7FF);
                case 3 -> gen.integer(0x10000, 0x10FFFF);
                default -> gen.integer(0x20, 0x7E);
            });
        }
        return text.toString();
    }
}

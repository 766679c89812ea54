package io.tokensync.simulator.content;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

import io.tokensync.common.model.TokenKind;
import io.tokensync.ipfs.Cid;
import io.tokensync.ipfs.HashFunction;
import io.tokensync.ipfs.Multihash;

/**
 * Makes the tokens, DIDs and hashes of the simulation with one seed. Every method is a pure function of its arguments:
 * an index is spent once per kind, and gives the same token again when asked again.
 */
public final class Mint {
    /** Where the time of the simulation begins. */
    public static final Instant EPOCH = Instant.parse("2024-05-01T00:00:00Z");
    /** How long the time of the simulation is, in seconds: a bit over 400 days. */
    public static final long SPAN_SECONDS = 35_000_000;

    private static final List<String> FT_NAMES = List.of("TRI", "RBX", "SKY", "GRN", "YFN");
    private static final int HASH_BYTES = 32;
    private static final int NANOS = 1_000_000_000;

    private final long seed;
    private final long firstWhole;

    public Mint(long seed) {
        this.seed = seed;
        this.firstWhole = dice("whole").below(WholeToken.COUNT);
    }

    /** Dice of this seed. */
    public Dice dice(String purpose, long... coordinates) {
        return Dice.of(seed, purpose, coordinates);
    }

    /** A DID of a node: 59 characters, {@code bafybmi} in front. */
    public String did(int node, int number) {
        byte[] directory = dice("did", node, number).bytes(HASH_BYTES);
        return Cid.v1(Cid.Codec.DAG_PB, Multihash.of(HashFunction.SHA3_256, directory)).toString();
    }

    /** A whole RBT token. */
    public Token whole(long index) {
        return Token.of(TokenKind.WHOLE, level(index).content(), 1.0, null, List.of());
    }

    /** Level and number of {@link #whole}. */
    public WholeToken level(long index) {
        return WholeToken.at(firstWhole, index);
    }

    /** A test token of a faucet, which stands among the whole ones. */
    public Token test(long index) {
        String content = "faucet_name:sample,token_level:1,token_number:" + (firstWhole + index);
        return Token.of(TokenKind.WHOLE, content, 1.0, null, List.of());
    }

    /** A part of a token: {@code number} of the parts counts from 1. */
    public Token part(long index, String parent, String did, int number, double value) {
        Dice dice = dice("part", index);
        String time = EPOCH.plusSeconds(dice.below(SPAN_SECONDS)).plusNanos(dice.below(NANOS)).toString();
        return Token.of(TokenKind.PART, RacBlock.part(dice, did, time, parent, number, value), value, parent,
                List.of());
    }

    /** A fungible token. */
    public Token fungible(long index, String creator) {
        String name = dice("ft", index).pick(FT_NAMES);
        return Token.of(TokenKind.FT, name + ' ' + index + ' ' + creator, 0.001, null, List.of(name, creator));
    }

    /** A non-fungible token. */
    public Token nft(long index, String did) {
        return Token.of(TokenKind.NFT, json("DID", did, "ArtifactHash", hashId("artifact", index)), 1.0, null,
                List.of());
    }

    /** A smart contract. */
    public Token contract(long index, String deployer) {
        List<String> codes = List.of(hashId("binary", index), hashId("raw", index), hashId("schema", index));
        String content = json("binaryCodeHash", codes.get(0), "rawCodeHash", codes.get(1), "schemaCodeHash",
                codes.get(2), "did", deployer);
        return Token.of(TokenKind.CONTRACT, content, 1.0, null, codes);
    }

    /** A data token. */
    public Token data(long index, String did) {
        String batch = String.format(Locale.ROOT, "batch-%06d", index);
        return Token.of(TokenKind.DATA, RacBlock.data(dice("data", index), did, batch), 1.0, null, List.of(did, batch));
    }

    /** A CIDv0 of something that is in no repository. */
    public String hashId(String purpose, long index) {
        return Cid.v0(Multihash.of(HashFunction.SHA2_256, dice(purpose, index).bytes(HASH_BYTES))).toString();
    }

    /** 64 hex digits, as a transaction id has them. */
    public String transactionId(Dice dice) {
        return HexFormat.of().formatHex(dice.bytes(HASH_BYTES));
    }

    /** The two-space-indented JSON that the node hashes. */
    private static String json(String... namesAndValues) {
        StringBuilder json = new StringBuilder("{\n");
        for (int i = 0; i < namesAndValues.length; i += 2) {
            json.append("  \"").append(namesAndValues[i]).append("\": \"").append(namesAndValues[i + 1]).append('"')
                    .append(i + 2 < namesAndValues.length ? ",\n" : "\n");
        }
        return json.append('}').toString();
    }
}

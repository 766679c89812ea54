package io.tokensync.ipfs;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * A content id as Rubix uses them: version 0 ({@code Qm…}, 46 characters of base58btc; token ids) and version 1 in lower-case
 * base32 ({@code b…}, 59 characters; DIDs are {@code bafybmi…}), with a 32-byte sha2-256 or sha3-256. The text is
 * canonical: one id has one text.
 */
public final class Cid {
    /** Characters of a CIDv0. */
    public static final int V0_LENGTH = 46;
    /** Characters of a CIDv1 in base32. */
    public static final int V1_LENGTH = 59;
    private static final int V1_PREFIX = 2;
    private static final String LOWEST_V0 = Base58.encode(extremeV0((byte) 0));
    private static final String HIGHEST_V0 = Base58.encode(extremeV0((byte) -1));

    /** How the bytes of a block are to be read. */
    public enum Codec {
        /** A node of a UnixFS tree: a protobuf around the content. */
        DAG_PB(0x70),
        /** The content itself. */
        RAW(0x55);

        private final int code;

        Codec(int code) {
            this.code = code;
        }

        private static Optional<Codec> of(int code) {
            for (Codec codec : values()) {
                if (codec.code == code) {
                    return Optional.of(codec);
                }
            }
            return Optional.empty();
        }
    }

    private final int version;
    private final Codec codec;
    private final Multihash multihash;
    private final String text;

    private Cid(int version, Codec codec, Multihash multihash, String text) {
        this.version = version;
        this.codec = codec;
        this.multihash = multihash;
        this.text = text;
    }

    /** The id of this text; empty for null and for anything that is not one of the two forms above. Never throws. */
    public static Optional<Cid> parse(String text) {
        if (text == null) {
            return Optional.empty();
        }
        return switch (text.length()) {
            case V0_LENGTH -> parseV0(text);
            case V1_LENGTH -> parseV1(text);
            default -> Optional.empty();
        };
    }

    /**
     * Whether {@link #parse} makes a CIDv0 of this text. Five times as fast: base58 of one length sorts as the numbers do, so
     * that nothing has to be decoded.
     */
    public static boolean isV0(String text) {
        return text != null && text.length() == V0_LENGTH && text.compareTo(LOWEST_V0) >= 0
                && text.compareTo(HIGHEST_V0) <= 0 && Base58.isBase58(text);
    }

    /** Version 0 of the block with this hash. */
    public static Cid v0(Multihash sha256) {
        if (sha256.function() != HashFunction.SHA2_256) {
            throw new IllegalArgumentException("a CIDv0 is a sha2-256, not " + sha256.function());
        }
        return new Cid(0, Codec.DAG_PB, sha256, sha256.toString());
    }

    /** Version 1 of the block with this codec and hash. */
    public static Cid v1(Codec codec, Multihash multihash) {
        return new Cid(1, codec, multihash, "b" + Base32.lower(v1Bytes(codec, multihash)));
    }

    /**
     * The id under which {@code ipfs add} without options stores this content.
     *
     * @throws IllegalArgumentException when the content is longer than one chunk ({@link UnixFs#MAX_CHUNK})
     */
    public static Cid v0Of(byte[] content) {
        return v0(Multihash.of(HashFunction.SHA2_256, UnixFs.encode(content)));
    }

    /** 0 or 1. */
    public int version() {
        return version;
    }

    public Codec codec() {
        return codec;
    }

    public Multihash multihash() {
        return multihash;
    }

    /** Whether this id is the id of this block. */
    public boolean hashes(byte[] block) {
        return multihash.matches(block);
    }

    /** The id that has this binary form; empty for anything that is not one of the two forms above. Never throws. */
    static Optional<Cid> read(byte[] binary) {
        if (binary.length == Multihash.LENGTH) {
            return Multihash.read(binary, 0).filter(hash -> hash.function() == HashFunction.SHA2_256).map(Cid::v0);
        }
        return binary.length == V1_PREFIX + Multihash.LENGTH && binary[0] == 1
                ? Codec.of(binary[1]).flatMap(codec -> Multihash.read(binary, V1_PREFIX).map(hash -> v1(codec, hash)))
                : Optional.empty();
    }

    /** The binary form, the caller's own: of version 0 the multihash alone. */
    public byte[] bytes() {
        return version == 0 ? multihash.bytes().clone() : v1Bytes(codec, multihash);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cid that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(text);
    }

    /** The canonical text. */
    @Override
    public String toString() {
        return text;
    }

    private static Optional<Cid> parseV0(String text) {
        if (!text.startsWith("Qm")) {
            return Optional.empty();
        }
        return Base58.decode(text).flatMap(bytes -> Multihash.read(bytes, 0))
                .filter(hash -> hash.function() == HashFunction.SHA2_256)
                .map(hash -> new Cid(0, Codec.DAG_PB, hash, text));
    }

    private static Optional<Cid> parseV1(String text) {
        if (text.charAt(0) != 'b') {
            return Optional.empty();
        }
        return Base32.decodeLower(text, 1).filter(bytes -> bytes[0] == 1)
                .flatMap(bytes -> Codec.of(bytes[1]).flatMap(
                        codec -> Multihash.read(bytes, V1_PREFIX).map(hash -> new Cid(1, codec, hash, text))));
    }

    /** The lowest or highest binary form. */
    private static byte[] extremeV0(byte digest) {
        byte[] binary = new byte[Multihash.LENGTH];
        Arrays.fill(binary, digest);
        binary[0] = (byte) HashFunction.SHA2_256.code();
        binary[1] = (byte) (Multihash.LENGTH - 2);
        return binary;
    }

    private static byte[] v1Bytes(Codec codec, Multihash multihash) {
        byte[] bytes = new byte[V1_PREFIX + Multihash.LENGTH];
        bytes[0] = 1;
        bytes[1] = (byte) codec.code;
        System.arraycopy(multihash.bytes(), 0, bytes, V1_PREFIX, Multihash.LENGTH);
        return bytes;
    }
}

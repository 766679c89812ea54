package io.tokensync.simulator.chain;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

import io.tokensync.ipfs.Cid;
import io.tokensync.ipfs.HashFunction;
import io.tokensync.ipfs.Multihash;
import io.tokensync.simulator.content.Dice;

/** The key pair of a DID on the curve secp256k1, and the DID that follows from it. */
public final class SigningKey {
    /** Name of the file with the public key. */
    public static final String PUBLIC_KEY = "pubKey.pem";
    private static final X9ECParameters CURVE = CustomNamedCurves.getByName("secp256k1");
    private static final ECDomainParameters DOMAIN = new ECDomainParameters(CURVE);
    private static final int SCALAR_BYTES = 40;
    private static final int PEM_LINE = 64;
    /** Of a protobuf: a field of bytes, by its number. */
    private static final int BYTES = 2;
    /** The UnixFS message of a directory: type 1 and nothing else. */
    private static final byte[] DIRECTORY = {0x08, 0x01};

    private final ECPrivateKeyParameters secret;
    private final String pem;
    private final String did;

    private SigningKey(BigInteger scalar) {
        this.secret = new ECPrivateKeyParameters(scalar, DOMAIN);
        byte[] point = new FixedPointCombMultiplier().multiply(CURVE.getG(), scalar).normalize().getEncoded(false);
        this.pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(PEM_LINE, new byte[]{'\n'}).encodeToString(point)
                + "\n-----END PUBLIC KEY-----\n";
        this.did = did(pem);
    }

    /** The next key that these dice give; the same ones give the same key. */
    public static SigningKey of(Dice dice) {
        BigInteger most = CURVE.getN().subtract(BigInteger.ONE);
        return of(new BigInteger(1, dice.bytes(SCALAR_BYTES)).mod(most).add(BigInteger.ONE));
    }

    static SigningKey of(BigInteger scalar) {
        return new SigningKey(scalar);
    }

    /** The content id of a directory with the public key and nothing else in it: {@code bafybmi} and 52 characters. */
    public String did() {
        return did;
    }

    /** The public key as its file has it: the bare uncompressed point, which is no SubjectPublicKeyInfo. */
    public String pem() {
        return pem;
    }

    /**
     * The signature of a message that is a digest already, as ASN.1 in DER. The same message always has the same one (RFC 6979).
     *
     * @param message of a longer one than 32 bytes the first 32 count, as ECDSA has it
     */
    public byte[] sign(byte[] message) {
        ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
        signer.init(true, secret);
        BigInteger[] pair = signer.generateSignature(message);
        try {
            return StandardDSAEncoding.INSTANCE.encode(CURVE.getN(), pair[0], pair[1]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@code ipfs add} of version 1 with sha3-256 makes it of the directory: the file is a raw leaf. */
    private static String did(String pem) {
        byte[] file = pem.getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream link = new ByteArrayOutputStream();
        field(link, 1, Cid.v1(Cid.Codec.RAW, Multihash.of(HashFunction.SHA3_256, file)).bytes());
        field(link, 2, PUBLIC_KEY.getBytes(StandardCharsets.US_ASCII));
        link.write(3 << 3);
        varint(link, file.length);
        ByteArrayOutputStream directory = new ByteArrayOutputStream();
        field(directory, 2, link.toByteArray());
        field(directory, 1, DIRECTORY);
        return Cid.v1(Cid.Codec.DAG_PB, Multihash.of(HashFunction.SHA3_256, directory.toByteArray())).toString();
    }

    private static void field(ByteArrayOutputStream out, int number, byte[] value) {
        out.write(number << 3 | BYTES);
        varint(out, value.length);
        out.writeBytes(value);
    }

    private static void varint(ByteArrayOutputStream out, int value) {
        int rest = value;
        while (rest >= 1 << 7) {
            out.write((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }
}

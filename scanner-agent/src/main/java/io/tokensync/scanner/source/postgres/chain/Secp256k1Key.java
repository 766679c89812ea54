package io.tokensync.scanner.source.postgres.chain;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;

/**
 * A public key of the curve that v1 nodes sign with, which the Java runtime does not know.
 *
 * @param parameters its point on the curve
 */
record Secp256k1Key(ECPublicKeyParameters parameters) {
    private static final ECDomainParameters CURVE = new ECDomainParameters(CustomNamedCurves.getByName("secp256k1"));
    private static final int COMPRESSED = 33;
    private static final int UNCOMPRESSED = 65;
    private static final Pattern PEM = Pattern
            .compile("-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]{1,2000})-----END PUBLIC KEY-----");

    /** The key in a node's PEM file, which holds the bare point; empty when it holds anything else. */
    static Optional<Secp256k1Key> ofPem(String pem) {
        Matcher block = PEM.matcher(pem);
        try {
            return block.find() ? ofPoint(Base64.getMimeDecoder().decode(block.group(1).strip())) : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty(); // no Base64, or no point of the curve
        }
    }

    private static Optional<Secp256k1Key> ofPoint(byte[] point) {
        return point.length == COMPRESSED || point.length == UNCOMPRESSED
                ? Optional.of(new Secp256k1Key(
                        new ECPublicKeyParameters(CURVE.getCurve().decodePoint(point), CURVE)))
                : Optional.empty();
    }

    /**
     * Whether this key's owner has made a signature of one of these messages.
     *
     * @param signature in DER
     * @param messages each as it is signed, without a hash; of a longer one than 32 bytes only those count
     */
    boolean hasSigned(byte[] signature, byte[]... messages) {
        BigInteger[] numbers;
        try {
            numbers = StandardDSAEncoding.INSTANCE.decode(CURVE.getN(), signature);
        } catch (IOException | RuntimeException _) {
            return false; // of bytes that are no signature the parser throws whatever it meets
        }
        ECDSASigner signer = new ECDSASigner();
        signer.init(false, parameters);
        for (byte[] message : messages) {
            if (signer.verifySignature(message, numbers[0], numbers[1])) {
                return true;
            }
        }
        return false;
    }
}

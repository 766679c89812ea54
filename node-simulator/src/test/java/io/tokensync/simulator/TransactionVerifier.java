package io.tokensync.simulator;

import java.math.BigInteger;
import java.util.Base64;
import java.util.Optional;

import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;

/** Verifies signatures with what a node has on disk. */
public final class TransactionVerifier {
    private static final X9ECParameters CURVE = SECNamedCurves.getByName("secp256k1");
    private static final ECDomainParameters DOMAIN = new ECDomainParameters(CURVE);

    private TransactionVerifier() {}

    /** Whether this is the signature of a 32-byte digest by the key of a PEM file. */
    public static boolean isSignature(byte[] der, byte[] digest, String pem) {
        ECDSASigner verifier = new ECDSASigner();
        verifier.init(false, new ECPublicKeyParameters(CURVE.getCurve().decodePoint(point(pem).orElseThrow()), DOMAIN));
        ASN1Sequence pair = ASN1Sequence.getInstance(der);
        return verifier.verifySignature(digest, number(pair, 0), number(pair, 1));
    }

    /** The point of a public key; empty when the text is not a whole one. */
    static Optional<byte[]> point(String pem) {
        String begin = "-----BEGIN PUBLIC KEY-----\n";
        String end = "\n-----END PUBLIC KEY-----\n";
        return pem.startsWith(begin) && pem.endsWith(end)
                ? Optional.of(Base64.getMimeDecoder()
                        .decode(pem.substring(begin.length(), pem.length() - end.length())))
                : Optional.empty();
    }

    private static BigInteger number(ASN1Sequence pair, int index) {
        return ASN1Integer.getInstance(pair.getObjectAt(index)).getPositiveValue();
    }
}

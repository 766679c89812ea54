package io.tokensync.tds.tls;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.ECGenParameterSpec;

/** A fresh key and a certificate for localhost signed by itself (RFC 5280), made without any tool. */
record SelfSignedCertificate(PrivateKey key, Certificate certificate) {
    private static final byte[] ECDSA_WITH_SHA256 = Der
            .sequence(Der.objectId(0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x02));
    private static final byte[] COMMON_NAME = Der.objectId(0x55, 0x04, 0x03);
    private static final byte[] SUBJECT_ALTERNATIVE_NAME = Der.objectId(0x55, 0x1D, 0x11);
    private static final int VERSION_3 = 2;

    static SelfSignedCertificate create() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        byte[] content = content(pair.getPublic().getEncoded());
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(pair.getPrivate());
        signature.update(content);
        byte[] signed = Der.sequence(content, ECDSA_WITH_SHA256, Der.bits(signature.sign()));
        return new SelfSignedCertificate(pair.getPrivate(),
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(signed)));
    }

    private static byte[] content(byte[] publicKey) {
        byte[] name = Der.sequence(Der.set(Der.sequence(COMMON_NAME, Der.text("localhost"))));
        byte[] validity = Der.sequence(Der.time("200101000000Z"), Der.time("491231235959Z"));
        return Der.sequence(Der.tagged(0xA0, Der.integer(VERSION_3)), Der.integer(1), ECDSA_WITH_SHA256, name, validity,
                name, publicKey, Der.tagged(0xA3, Der.sequence(alternativeNames())));
    }

    private static byte[] alternativeNames() {
        byte[] localhost = Der.tagged(0x82, "localhost".getBytes(StandardCharsets.US_ASCII));
        byte[] loopback = Der.tagged(0x87, new byte[]{127, 0, 0, 1});
        return Der.sequence(SUBJECT_ALTERNATIVE_NAME, Der.octets(Der.sequence(localhost, loopback)));
    }
}

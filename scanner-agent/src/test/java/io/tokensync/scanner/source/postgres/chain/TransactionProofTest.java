package io.tokensync.scanner.source.postgres.chain;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.stream.Stream;

import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.tokensync.common.model.TokenTransaction;
import io.tokensync.common.model.TransactionCheck;

import static org.assertj.core.api.Assertions.assertThat;

/** Real keys and signatures, as a node makes them. */
class TransactionProofTest {
    private static final ECDomainParameters CURVE = new ECDomainParameters(CustomNamedCurves.getByName("secp256k1"));
    private static final BigInteger KEY = new BigInteger("1f".repeat(32), 16);
    private static final BigInteger OTHER_KEY = new BigInteger("2e".repeat(32), 16);
    private static final String ALICE = "bafybmi" + "a".repeat(52);
    private static final String BOB = "bafybmi" + "b".repeat(52);
    private static final String INFO = "{\"initiator\":\"" + ALICE + "\",\"owner\":\"" + BOB
            + "\",\"epoch\":1776000000,"
            + "\"network\":\"mainnet\",\"tokens\":{\"rbt\":[{\"tokenId\":\"1_7\",\"previousTransactionID\":\"\","
            + "\"data\":\"\",\"tokenValue\":1}],\"nft\":null,\"ft\":null,\"smartContract\":null},"
            + "\"committedTokens\":null,\"quorums\":null,\"memo\":\"\"}";

    @TempDir
    private Path node;
    private TransactionProof proof;

    @BeforeEach
    void aNodeThatHasMetAlice() throws IOException {
        key(ALICE, pem(CURVE.getG().multiply(KEY).getEncoded(false)));
        proof = new TransactionProof(new DidKeys(node));
    }

    static Stream<Arguments> idsOfTheNetworksOwnTests() {
        return Stream.of(
                Arguments.of("{\"initiator\":\"\",\"owner\":\"\",\"epoch\":0,\"network\":\"\",\"tokens\":null,"
                        + "\"committedTokens\":null,\"quorums\":null,\"memo\":\"\"}",
                        "01917d24f4033b51535b9be57ff7b4e292debd325d9ba7c9c35caa7371b8df9a",
                        TransactionCheck.UNREADABLE),
                Arguments.of(
                        "{\"initiator\":\"bafybmiinitiatordid\",\"owner\":\"bafybmiownerdid\",\"epoch\":1755500000,"
                                + "\"network\":\"testnet\",\"tokens\":{\"rbt\":[{\"tokenId\":\"QmRBTTokenOne\","
                                + "\"previousTransactionID\":\"prevtxn1\",\"data\":\"\",\"tokenValue\":0.001}],\"nft\":[],"
                                + "\"ft\":[],\"smartContract\":[]},\"committedTokens\":[{\"tokenId\":\"QmCommittedOne\","
                                + "\"previousTransactionID\":\"\",\"data\":\"\",\"tokenValue\":0.001}],\"quorums\":[{\"did\":"
                                + "\"bafybmiquorumdid\",\"tokens\":[{\"tokenId\":\"QmPledged\",\"previousTransactionID\":"
                                + "\"prevpledge\",\"data\":\"\",\"tokenValue\":1}]}],\"memo\":\"transfer memo\"}",
                        "15a805c783d55227c214cf8ea92bca1bdc4db955e47b3fb80f9e6cf18d0c3589",
                        TransactionCheck.ID_VERIFIED));
    }

    @ParameterizedTest
    @MethodSource("idsOfTheNetworksOwnTests")
    void anIdIsTheHashOfWhatTheTransactionSays(String info, String id, TransactionCheck expected) {
        assertThat(proof.of(id, bytes(info), null).check()).isEqualTo(expected);
        assertThat(proof.of(id, bytes(info + " "), null).check()).isEqualTo(TransactionCheck.ID_DIFFERS);
    }

    @Test
    void whatItsInitiatorHasSignedIsVerified() {
        assertThat(check(INFO, hex(sign(KEY, digest(INFO))))).isEqualTo(
                new TokenTransaction(TransactionCheck.VERIFIED, ALICE, BOB, Instant.ofEpochSecond(1_776_000_000)));
    }

    @Test
    void signaturesOfEarlierStatesAreVerifiedToo() {
        assertThat(check(INFO, base64(sign(KEY, digest(INFO)))).check()).isEqualTo(TransactionCheck.VERIFIED);
        assertThat(check(INFO, base64(sign(KEY, bytes(id(INFO))))).check()).isEqualTo(TransactionCheck.VERIFIED);
    }

    @Test
    void anotherSignatureIsNotItsInitiators() {
        byte[] right = sign(KEY, digest(INFO));
        assertThat(check(INFO, hex(sign(OTHER_KEY, digest(INFO)))).check())
                .isEqualTo(TransactionCheck.SIGNATURE_DIFFERS);
        assertThat(check(INFO, hex(sign(KEY, digest("another")))).check())
                .isEqualTo(TransactionCheck.SIGNATURE_DIFFERS);
        for (String malformed : new String[]{"00", "no signature", "zz".repeat(70), hex(right) + "00", "30"}) {
            assertThat(check(INFO, malformed).check()).as(malformed).isEqualTo(TransactionCheck.SIGNATURE_DIFFERS);
        }
        for (int i = 0; i < right.length; i++) {
            byte[] flipped = right.clone();
            flipped[i] ^= 1;
            assertThat(check(INFO, hex(flipped)).check()).as("byte %d", i)
                    .isEqualTo(TransactionCheck.SIGNATURE_DIFFERS);
        }
    }

    @Test
    void whatIsNotSignedOrWhoseKeyIsNotAtHandHasItsIdVerified() throws IOException {
        assertThat(proof.of(id(INFO), bytes(INFO), null).check()).isEqualTo(TransactionCheck.ID_VERIFIED);
        for (String signatures : new String[]{"{}", "{\"initiatorSignature\":\"\"}", "{\"initiatorSignature\":null}",
                "[]", "\"x\"", "{\"initiatorSignature\":{}}"}) {
            assertThat(proof.of(id(INFO), bytes(INFO), bytes(signatures)).check()).as(signatures)
                    .isEqualTo(TransactionCheck.ID_VERIFIED);
        }
        String byBob = INFO.replace(ALICE, "x").replace(BOB, ALICE).replace("\"x\"", "\"" + BOB + "\"");
        assertThat(check(byBob, hex(sign(KEY, digest(byBob)))).check()).isEqualTo(TransactionCheck.ID_VERIFIED);
        key(BOB, pem(new byte[65]));
        assertThat(check(byBob, hex(sign(KEY, digest(byBob)))).check()).isEqualTo(TransactionCheck.ID_VERIFIED);
    }

    @Test
    void aChangedTransactionHasAnotherId() {
        byte[] info = bytes(INFO);
        for (int i = 0; i < info.length; i++) {
            byte[] flipped = info.clone();
            flipped[i] ^= 1;
            assertThat(proof.of(id(INFO), flipped, null).check()).as("byte %d", i)
                    .isEqualTo(TransactionCheck.ID_DIFFERS);
        }
        assertThat(proof.of(id(INFO), bytes(INFO.replace(BOB, ALICE)), null))
                .extracting(TokenTransaction::check, TokenTransaction::owner)
                .containsExactly(TransactionCheck.ID_DIFFERS, ALICE);
    }

    @Test
    void whatIsNoTransactionIsUnreadable() {
        for (String info : new String[]{"[]", "{}", "null", "{\"initiator\":\"" + ALICE + "\"}", "{\"initiator\":7}",
                INFO.replace(ALICE, "../../" + ALICE), INFO.replace(BOB, "not a DID"), "[".repeat(100_000)}) {
            assertThat(proof.of(id(info), bytes(info), null))
                    .isEqualTo(TokenTransaction.unread(TransactionCheck.UNREADABLE));
        }
        assertThat(proof.of("any", null, null)).isEqualTo(TokenTransaction.unread(TransactionCheck.UNREADABLE));
    }

    @Test
    void aTimeThatIsNoneIsLeftOut() {
        for (String epoch : new String[]{"0", "-1", "253402300800", "1e9", "99999999999999999999", "null",
                "\"soon\""}) {
            String info = INFO.replace("1776000000", epoch);
            assertThat(proof.of(id(info), bytes(info), null)).as(epoch)
                    .isEqualTo(new TokenTransaction(TransactionCheck.ID_VERIFIED, ALICE, BOB, null));
        }
    }

    @Test
    void aTransactionWithoutAnOwnerHasNone() {
        String deployed = INFO.replace(BOB, "");
        assertThat(check(deployed, hex(sign(KEY, digest(deployed)))))
                .extracting(TokenTransaction::check, TokenTransaction::owner)
                .containsExactly(TransactionCheck.VERIFIED, null);
    }

    private TokenTransaction check(String info, String signature) {
        return proof.of(id(info), bytes(info),
                bytes("{\"initiatorSignature\":\"" + signature + "\",\"quorums\":[]}"));
    }

    private void key(String did, String pem) throws IOException {
        Path directory = Files.createDirectories(node.resolve("mainnet/dids").resolve(did));
        Files.writeString(directory.resolve("pubKey.pem"), pem);
    }

    private static String pem(byte[] point) {
        return "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder(64, bytes("\n")).encodeToString(point)
                + "\n-----END PUBLIC KEY-----\n";
    }

    private static byte[] sign(BigInteger key, byte[] message) {
        ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
        signer.init(true, new ECPrivateKeyParameters(key, CURVE));
        BigInteger[] numbers = signer.generateSignature(message);
        try {
            return StandardDSAEncoding.INSTANCE.encode(CURVE.getN(), numbers[0], numbers[1]);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String id(String info) {
        return hex(digest(info));
    }

    private static byte[] digest(String info) {
        try {
            return MessageDigest.getInstance("SHA3-256").digest(bytes(info));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

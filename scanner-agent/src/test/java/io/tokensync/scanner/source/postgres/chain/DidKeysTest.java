package io.tokensync.scanner.source.postgres.chain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The directory is another program's, and whoever sends it a transaction chooses a DID. */
class DidKeysTest {
    private static final String DID = "bafybmi" + "a".repeat(52);
    private static final String PEM = "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getEncoder().encodeToString(CustomNamedCurves.getByName("secp256k1").getG().getEncoded(false))
            + "\n-----END PUBLIC KEY-----\n";

    @TempDir
    private Path node;

    @ParameterizedTest
    @ValueSource(strings = {"mainnet", "testnet", "localnet"})
    void aKeyIsFoundInTheDirectoryOfItsNetwork(String network) throws IOException {
        key(node.resolve(network).resolve("dids").resolve(DID), PEM);
        assertThat(new DidKeys(node).find(DID)).isPresent();
    }

    @Test
    void aKeyWithLinesOfWindowsIsRead() throws IOException {
        key(node.resolve("mainnet/dids").resolve(DID), "\r\n" + PEM.replace("\n", "\r\n"));
        assertThat(new DidKeys(node).find(DID)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../elsewhere", "..", ".", "", "a/b", "/", "\0", "a\\b"})
    void aDidThatIsAPathIsLookedUpNowhere(String did) throws IOException {
        key(node.resolve("mainnet/elsewhere"), PEM);
        key(node.resolve("mainnet/dids/a/b"), PEM);
        key(node.resolve("mainnet/dids"), PEM);
        assertThat(new DidKeys(node).find(did)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no key", "-----BEGIN PUBLIC KEY-----",
            "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----",
            "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
            "-----BEGIN PUBLIC KEY-----\n=A=\n-----END PUBLIC KEY-----",
            "-----BEGIN PRIVATE KEY-----\nBAAA\n-----END PRIVATE KEY-----"})
    void whatIsNoKeyIsNone(String text) throws IOException {
        key(node.resolve("mainnet/dids").resolve(DID), text);
        assertThat(new DidKeys(node).find(DID)).isEmpty();
    }

    @Test
    void aPointBesideTheCurveIsNoKey() throws IOException {
        byte[] point = CustomNamedCurves.getByName("secp256k1").getG().getEncoded(false);
        point[64] ^= 1;
        key(node.resolve("mainnet/dids").resolve(DID), "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getEncoder().encodeToString(point) + "\n-----END PUBLIC KEY-----\n");
        assertThat(new DidKeys(node).find(DID)).isEmpty();
    }

    @Test
    void whatIsTooLongOrNoFileIsNone() throws IOException, InterruptedException {
        Path directory = node.resolve("mainnet/dids").resolve(DID);
        key(directory, PEM + " ".repeat(5_000));
        assertThat(new DidKeys(node).find(DID)).isEmpty();
        Files.delete(directory.resolve("pubKey.pem"));
        assertThat(new ProcessBuilder("mkfifo", directory.resolve("pubKey.pem").toString()).start().waitFor()).isZero();
        assertThat(new DidKeys(node).find(DID)).isEmpty();
    }

    @Test
    void aLinkIsNotFollowedToAFileThatTheNodeMayNotRead() throws IOException {
        Path secret = Files.writeString(node.resolve("secret.pem"), PEM);
        Path did = Files.createDirectories(node.resolve("mainnet/dids").resolve(DID));
        Files.createSymbolicLink(did.resolve("pubKey.pem"), secret);
        assertThat(new DidKeys(node).find(DID)).isEmpty();
    }

    private static void key(Path directory, String pem) throws IOException {
        Files.writeString(Files.createDirectories(directory).resolve("pubKey.pem"), pem);
    }
}

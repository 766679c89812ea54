package io.tokensync.ipfs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Our ids beside those of two other implementations, where these are installed: IPFS's own importer in JavaScript, which
 * {@code .ci/run} installs into {@code target/oracle}, and Debian's package {@code ipfs-cid}.
 */
class IdOracleTest {
    private static final int[] LENGTHS = {0, 1, 64, 66, 67, 127, 128, 142, 281, 720, 16_384, 20_000, 262_144};
    private static final Path ORACLE = Path.of("target", "oracle").toAbsolutePath();
    private static final Pattern CIDV0 = Pattern.compile("\"CIDv0\":\"(Qm[1-9A-Za-z]{44})\"");

    @TempDir
    private Path directory;

    private final List<Path> files = new ArrayList<>();
    private final List<String> ids = new ArrayList<>();

    @BeforeEach
    void writeFiles() throws IOException {
        Random random = new Random(4);
        for (int length : LENGTHS) {
            byte[] content = new byte[length];
            random.nextBytes(content);
            files.add(Files.write(directory.resolve("file-" + length), content));
            ids.add(Cid.v0Of(content).toString());
        }
    }

    @Test
    void theImporterOfIpfsGivesTheSameIds() throws Exception {
        skipUnless(Files.isDirectory(ORACLE.resolve("node_modules")),
                "IPFS's importer for JavaScript is not installed in " + ORACLE);
        List<String> command = new ArrayList<>(List.of("node", ORACLE.resolve("cids.mjs").toString()));
        files.forEach(file -> command.add(file.toString()));
        assertThat(output(command).lines().toList()).isEqualTo(ids);
    }

    @Test
    void debiansIpfsCidGivesTheSameIds() throws Exception {
        skipUnless(Files.isExecutable(Path.of("/usr/bin/ipfs_cid")), "Debian's package ipfs-cid is not installed");
        for (int i = 0; i < ids.size(); i++) {
            Matcher id = CIDV0.matcher(output(List.of("/usr/bin/ipfs_cid", files.get(i).toString())));
            assertThat(id.find()).isTrue();
            assertThat(id.group(1)).as(files.get(i).toString()).isEqualTo(ids.get(i));
        }
    }

    private static String output(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
        return output;
    }

    private static void skipUnless(boolean installed, String otherwise) {
        if (!installed) {
            System.out.println("SKIPPED: " + otherwise + "; ids are checked against test vectors only");
            throw new TestAbortedException(otherwise);
        }
    }
}

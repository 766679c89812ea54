package io.tokensync.testkit.browser;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;

/** Chromium without a window, with an empty profile of its own. */
public final class Browser implements AutoCloseable {
    private static final List<Path> PLACES = List.of(Path.of("/usr/bin/chromium"), Path.of("/usr/bin/chromium-browser"),
            Path.of("/usr/bin/google-chrome"));
    private static final String LISTENING = "DevTools listening on ";

    private final Process process;
    private final Path profile;
    private final Devtools devtools;

    private Browser(Process process, Path profile, Devtools devtools) {
        this.process = process;
        this.profile = profile;
        this.devtools = devtools;
    }

    /** Where it is installed; empty when it is not. */
    public static Optional<Path> installed() {
        return PLACES.stream().filter(Files::isExecutable).findFirst();
    }

    /** Starts it. */
    public static Browser start() throws IOException, InterruptedException {
        Path program = installed().orElseThrow(() -> new IOException("there is no Chromium on this machine"));
        Path profile = Files.createTempDirectory("tokensync-browser");
        Process process = new ProcessBuilder(program.toString(), "--headless", "--no-sandbox", "--disable-gpu",
                "--disable-dev-shm-usage", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", "--disable-extensions", "--mute-audio",
                "--hide-scrollbars", "--remote-debugging-port=0", "--user-data-dir=" + profile, "about:blank")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        return new Browser(process, profile, Devtools.connect(address(process)));
    }

    /** A new empty tab of this size. */
    public Tab open(int width, int height, boolean dark) throws InterruptedException {
        JsonNode target = devtools.call("Target.createTarget", "{\"url\":\"about:blank\"}", null);
        String id = target.path("targetId").asString();
        JsonNode session = devtools.call("Target.attachToTarget",
                "{\"targetId\":\"" + id + "\",\"flatten\":true}", null);
        return Tab.of(devtools, session.path("sessionId").asString(), width, height, dark);
    }

    @Override
    public void close() {
        devtools.close();
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            delete(profile);
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static URI address(Process process) throws IOException {
        var lines = process.errorReader();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(LISTENING)) {
                // Whatever it goes on to say must not fill the pipe.
                Thread.ofVirtual().start(() -> lines.lines().forEach(_ -> {}));
                return URI.create(line.substring(LISTENING.length()).strip());
            }
        }
        throw new IOException(
                "Chromium ended before it listened, with exit code " + process.onExit().join().exitValue());
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException | java.io.UncheckedIOException _) {
            // a helper process of the browser still writes there; the directory is a temporary one
        }
    }
}

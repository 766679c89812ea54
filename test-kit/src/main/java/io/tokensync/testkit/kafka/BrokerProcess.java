package io.tokensync.testkit.kafka;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import io.tokensync.embedded.EmbeddedKafka;
import io.tokensync.embedded.EmbeddedKafkaOptions;

/** A broker in a process of its own, which a test may kill. Starting it again on the directory takes the same port. */
public final class BrokerProcess implements AutoCloseable {
    private static final String READY = "READY ";
    private static final long STOP_SECONDS = 60;

    private final Process process;
    private final String bootstrapServers;

    private BrokerProcess(Process process, String bootstrapServers) {
        this.process = process;
        this.bootstrapServers = bootstrapServers;
    }

    /** Starts a broker on the directory and returns when it serves clients; its output goes to {@code broker.out} there. */
    public static BrokerProcess start(Path directory) {
        try {
            Files.createDirectories(directory);
            Process process = new ProcessBuilder(java(), "-Xmx256m", "-cp", System.getProperty("java.class.path"),
                    BrokerProcess.class.getName(), directory.toString()).redirectInput(Redirect.PIPE)
                    .redirectError(Redirect.appendTo(directory.resolve("broker.out").toFile())).start();
            return new BrokerProcess(process, readAddress(process, directory));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** Ends the process on the spot, as a power cut would. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Stops the broker in order. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
        } catch (IOException _) {
            // It has ended already.
        }
        awaitEnd();
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("the broker process does not end");
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static String readAddress(Process process, Path directory) throws IOException {
        for (String line = process.inputReader().readLine(); line != null; line = process.inputReader().readLine()) {
            if (line.startsWith(READY)) {
                return line.substring(READY.length());
            }
        }
        throw new IllegalStateException(
                "the broker process ended before it was ready; see " + directory + "/broker.out");
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** What the process runs: serves until its standard input ends. */
    public static void main(String[] directories) throws IOException {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaOptions.in(Path.of(directories[0])))) {
            System.out.println(READY + kafka.bootstrapServers());
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }
}

package io.tokensync.enricher;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import picocli.CommandLine;

/** The command {@code enricher} in a process of its own, which a test may kill. */
final class EnricherProcess implements AutoCloseable {
    private final Process process;

    private EnricherProcess(Process process) {
        this.process = process;
    }

    /**
     * Starts it.
     *
     * @param directory gets its configuration and what it prints
     * @param name in its group: whoever has it is the successor of whoever had it
     */
    static EnricherProcess start(Path directory, String name, Map<String, String> keys) throws IOException {
        StringBuilder yaml = new StringBuilder("admin.enabled: false\nkafka.instance-id: " + name + "\n");
        keys.forEach((key, value) -> yaml.append(key).append(": ").append(value).append('\n'));
        Path config = Files.writeString(directory.resolve(name + ".yaml"), yaml);
        return new EnricherProcess(
                new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx192m", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
                        EnricherProcess.class.getName(), "--config", config.toString()).redirectErrorStream(true)
                        .redirectOutput(Redirect.appendTo(directory.resolve(name + ".out").toFile())).start());
    }

    /** Ends it on the spot, as a power cut would. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    boolean alive() {
        return process.isAlive();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }

    /** What the process runs. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new EnricherMain()).execute(arguments));
    }
}

package io.tokensync.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.tokensync.cli.terminal.ExitCode;

import static org.assertj.core.api.Assertions.assertThat;

/** A database that is not there is waited for aloud, and in a run with an end not for ever. */
class LocalWaitIT {
    @TempDir
    Path directory;

    @Test
    void aRunWithAnEndSaysWhatItWaitsForAndGivesUp() throws IOException {
        Path password = Files.writeString(directory.resolve("password"), "Zq7wXv9kLm");
        String address = "jdbc:sqlserver://127.0.0.1:" + closedPort() + ";databaseName=tokens;encrypt=false";
        CommandLineOutput output = CommandLineOutput.of("local", "--nodes", directory.toString(), "--data",
                directory.resolve("data").toString(), "--sql", address, "--sql-user", "u", "--sql-password-file",
                password.toString(), "--once", "--wait", "3s");
        assertThat(output.exitCode()).as(output.out() + output.err()).isEqualTo(ExitCode.FAILED);
        assertThat(output.out()).contains("starting the embedded broker", "preparing the tables of the database at",
                "waits: ");
        assertThat(output.err()).contains("127.0.0.1", "--wait 3 s", "since").doesNotContain("Zq7wXv9kLm");
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}

package io.tokensync.testkit.postgres;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * PostgreSQL's programs and one cluster of databases, in a temporary directory. The programs come from the jar of
 * {@code io.zonky.test.postgres}, unpacked once by a JVM. Their wrapper library is not used: it cannot kill a server, and runs
 * it as root only where a process may make a user namespace, which containers forbid.
 */
final class PostgresInstallation {
    private static final String ARCHIVE = "/postgres-linux-x86_64.txz";
    /** PostgreSQL does not run as root; this user is "nobody" everywhere, and initdb wants one with a name. */
    private static final int NOBODY = 65534;
    private static final List<String> AS_NOBODY = List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY,
            "--clear-groups");

    private static Path programs;

    private final Path home;
    private final boolean asRoot;

    private PostgresInstallation(Path home) throws IOException {
        this.home = home;
        this.asRoot = Files.getAttribute(home, "unix:uid").equals(0);
    }

    /**
     * Makes a cluster with nothing in it.
     *
     * @throws IOException when this machine has no programs for it, or does not run them; the message says why
     */
    static PostgresInstallation create(String superuser, String password) throws IOException {
        unpack();
        PostgresInstallation installation = new PostgresInstallation(openDirectory("tokensync-postgres-data"));
        try {
            installation.initialize(superuser, password);
            return installation;
        } catch (IOException e) {
            installation.delete();
            throw e;
        }
    }

    Path home() {
        return home;
    }

    String data() {
        return home.resolve("data").toString();
    }

    File logFile() {
        return home.resolve("log").toFile();
    }

    String log() {
        try {
            return Files.readString(logFile().toPath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a file beside the cluster that only the server may read; returns its path. */
    String secretFile(String name, String content) throws IOException {
        Path file = home.resolve(name);
        Files.writeString(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        if (asRoot) {
            Files.setAttribute(file, "unix:uid", NOBODY);
        }
        return file.toString();
    }

    /** Says how every login is to prove who it is. */
    void authenticateBy(String method) throws IOException {
        Files.writeString(Path.of(data(), "pg_hba.conf"), "host all all all " + method + '\n');
    }

    /** Keeps a copy of the cluster of a server that is stopped. */
    void backUp() throws IOException {
        run(home, List.of("cp", "-a", data(), home.resolve("backup").toString()), InputStream.nullInputStream());
    }

    /** Puts the copy in the place of the cluster. */
    void restore() throws IOException {
        delete(Path.of(data()));
        Files.move(home.resolve("backup"), Path.of(data()));
    }

    /** How a program is started here: as somebody else when this JVM runs as root. */
    List<String> command(String program, List<String> arguments) {
        List<String> command = new ArrayList<>(asRoot ? AS_NOBODY : List.of());
        command.add(programs.resolve("bin").resolve(program).toString());
        command.addAll(arguments);
        return command;
    }

    void delete() {
        delete(home);
    }

    private void initialize(String superuser, String password) throws IOException {
        if (asRoot) {
            Files.setAttribute(home, "unix:uid", NOBODY);
        }
        String passwordFile = secretFile("password", password);
        run(home, command("initdb", List.of("-D", data(), "--username=" + superuser, "--pwfile=" + passwordFile,
                "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--locale-provider=icu", "--icu-locale=en-US",
                "--no-sync")), InputStream.nullInputStream());
    }

    private static synchronized void unpack() throws IOException {
        if (programs != null) {
            return;
        }
        Path directory = openDirectory("tokensync-postgres");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(directory)));
        try (InputStream archive = PostgresInstallation.class.getResourceAsStream(ARCHIVE)) {
            if (archive == null || !System.getProperty("os.name").equals("Linux")
                    || !System.getProperty("os.arch").equals("amd64")) {
                throw new IOException("there are programs for Linux on amd64 only");
            }
            run(directory, List.of("tar", "-xJ", "--no-same-owner"), archive);
        }
        programs = directory;
    }

    private static void run(Path directory, List<String> command, InputStream input) throws IOException {
        Path output = directory.resolve("output");
        Process process = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true)
                .redirectOutput(Redirect.to(output.toFile())).start();
        try {
            try (OutputStream in = process.getOutputStream()) {
                input.transferTo(in);
            } catch (IOException _) {
                // It has ended, and its exit code and output say why.
            }
            int exit = process.waitFor();
            if (exit != 0) {
                throw new IOException(command + " ended with " + exit + ": " + Files.readString(output));
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** A directory that others can read: JUnit's cannot be, and the server is somebody else. */
    private static Path openDirectory(String name) throws IOException {
        Path directory = Files.createTempDirectory(name);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        return directory;
    }

    private static void delete(Path tree) {
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

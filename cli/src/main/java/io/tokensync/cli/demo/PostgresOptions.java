package io.tokensync.cli.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import io.tokensync.common.config.SecretFile;
import io.tokensync.simulator.postgres.PostgresAccess;

/** Where nodes of Rubix v1 can have their databases. */
public final class PostgresOptions {
    private static final String PREFIX = "tokensync_demo_";
    private static final Pattern ADDRESS = Pattern.compile("([^:/\\s]+):([0-9]{1,5})");

    @Option(names = "--postgres", paramLabel = "HOST:PORT", description = "a PostgreSQL (16 or newer) in which two nodes of Rubix v1 get databases named "
            + PREFIX
            + "...; an earlier demo's are replaced")
    private String address;

    @Option(names = "--postgres-user", paramLabel = "NAME", description = "who may make databases and roles there (default: ${DEFAULT-VALUE})")
    private String user = "postgres";

    @Option(names = "--postgres-password-file", paramLabel = "FILE", description = "file with that user's password")
    private Path passwordFile;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** The server; empty when none is given. */
    Optional<PostgresAccess> access() {
        if (address == null) {
            return Optional.empty();
        }
        Matcher parts = ADDRESS.matcher(address);
        if (!parts.matches()) {
            throw new ParameterException(spec.commandLine(), "--postgres is HOST:PORT, such as 127.0.0.1:5432, not "
                    + address);
        }
        return Optional.of(new PostgresAccess(parts.group(1), Integer.parseInt(parts.group(2)), user, password(),
                PREFIX));
    }

    private String password() {
        try {
            return passwordFile == null ? "" : SecretFile.read(passwordFile).strip();
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), "--postgres-password-file " + passwordFile
                    + " cannot be read (" + e.getClass().getSimpleName() + ")", e);
        }
    }
}

package io.tokensync.cli.operator;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import io.tokensync.common.config.SecretFile;
import io.tokensync.common.config.Settings;
import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.standalone.run.GivenDatabase;

/** Options that say where the database is and how to get in, without a configuration file. */
public final class SqlOptions {
    private static final String PREFIX = "writer.sql";
    private static final String VARIABLE = "TOKENSYNC_WRITER_SQL_";

    @Option(names = "--sql", paramLabel = "ADDRESS", description = "SQL Server or Azure SQL: a JDBC URL such as jdbc:sqlserver://sql.example.com:1433;databaseName=tokens, or an ADO.NET or ODBC connection string. With a password in it, it belongs into --sql-file: all users of this machine see the arguments of a process")
    private String sql;

    @Option(names = "--sql-file", paramLabel = "FILE", description = "file with the address, such as azure_sql_connection.txt of the old tool; chmod 600 when a password is in it")
    private Path sqlFile;

    @Option(names = "--sql-user", paramLabel = "NAME", description = "or TOKENSYNC_WRITER_SQL_USER")
    private String sqlUser;

    @Option(names = "--sql-password", paramLabel = "SECRET", arity = "0..1", interactive = true, description = "asked for when no value is given, which is better: all users of this machine see a value in the arguments of the process; or --sql-password-file; or TOKENSYNC_WRITER_SQL_PASSWORD")
    private String sqlPassword;

    @Option(names = "--sql-password-file", paramLabel = "FILE", description = "file with the password; or TOKENSYNC_WRITER_SQL_PASSWORD_FILE")
    private Path sqlPasswordFile;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /**
     * Reads the file with the address, and sees that the address is one.
     *
     * @param otherAddress whether a configuration names an address, which a login may be for
     * @throws ParameterException when that is not so
     */
    public void read(boolean otherAddress) {
        if (sqlFile != null && sql != null) {
            throw wrong("--sql and --sql-file are both given; leave one");
        }
        try {
            sql = sqlFile == null ? sql : SecretFile.read(sqlFile);
            sqlFile = null;
            if (sql != null) {
                SqlSettings.of(sql);
            }
        } catch (IOException e) {
            throw wrong("--sql-file " + sqlFile + " cannot be read (" + e.getClass().getSimpleName()
                    + "); name a UTF-8 file that this process may read");
        } catch (IllegalArgumentException e) {
            throw wrong(e.getMessage());
        }
        if (sql == null && !otherAddress && (sqlUser != null || hasPassword())) {
            throw wrong("--sql-user and --sql-password go with --sql ADDRESS");
        }
    }

    /** What is given, for a run in one process. */
    public GivenDatabase given() {
        return new GivenDatabase(address(), user(), password(), passwordFile());
    }

    public Optional<String> address() {
        return Optional.ofNullable(sql);
    }

    private Optional<String> user() {
        return Optional.ofNullable(sqlUser);
    }

    private Optional<String> password() {
        return Optional.ofNullable(sqlPassword);
    }

    private Optional<Path> passwordFile() {
        return Optional.ofNullable(sqlPasswordFile);
    }

    /** The database of the address, with what the options and else the environment say of the login; empty without one. */
    public Optional<SqlSettings> settings(Map<String, String> environment) {
        Map<String, Object> values = new HashMap<>();
        address().ifPresent(url -> values.put(PREFIX + ".url", url));
        user().ifPresent(name -> values.put(PREFIX + ".user", name));
        password().ifPresent(secret -> values.put(PREFIX + ".password", secret));
        passwordFile().ifPresent(file -> values.put(PREFIX + ".password-file", file));
        Map<String, String> login = new HashMap<>(environment);
        login.keySet().removeIf(name -> !name.startsWith(VARIABLE)
                || (name.equals(VARIABLE + "USER") ? user().isPresent() : hasPassword()));
        Settings settings = Settings.of(values, login);
        Optional<SqlSettings> sql = address().flatMap(
                _ -> settings.build(() -> SqlSettings.from(settings, PREFIX)));
        settings.checkRead();
        return sql;
    }

    private boolean hasPassword() {
        return sqlPassword != null || sqlPasswordFile != null;
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}

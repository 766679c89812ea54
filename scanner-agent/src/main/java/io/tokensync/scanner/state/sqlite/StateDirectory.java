package io.tokensync.scanner.state.sqlite;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;

import io.tokensync.common.config.ConfigKey;
import io.tokensync.common.config.KeySection;
import io.tokensync.common.config.Settings;
import io.tokensync.scanner.state.Confirmations;
import io.tokensync.scanner.state.CorruptStateException;
import io.tokensync.scanner.state.StateStore;
import io.tokensync.scanner.state.StateStoreFactory;
import io.tokensync.scanner.state.StateUnavailableException;
import io.tokensync.scanner.state.VerificationRequests;

/** The directory of the agent's state: one agent at a time, one file, and the damaged files of the past. */
public final class StateDirectory implements StateStoreFactory, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(StateDirectory.class);

    /** Name of the state file. */
    public static final String FILE = "scanner-state.db";

    /**
     * Name of the file that an agent locks. Nothing else is ever done with it: whoever opens a file in this process and
     * closes it, be it to set its time, gives up the process's lock on it.
     */
    static final String LOCK = "scanner.lock";

    /** Name of the file whose time is that of the last scan cycle; not there before the first has ended. */
    static final String PASSED = "scanner.passed";
    private static final String SCHEMA = "state.sql";
    /** Kept in the file; 0 in one that is new or whose making was broken off. */
    static final int FORMAT = 5;
    /** Microseconds of about ten thousand years: what is higher in a damaged file is part of the damage. */
    private static final long HIGHEST_CEILING = 315_000_000_000_000_000L;
    private static final List<String> SUFFIXES = List.of("", "-wal", "-shm");
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'")
            .withZone(ZoneOffset.UTC);

    public static final KeySection KEYS = KeySection.of("scanner");
    private static final ConfigKey<Path> DIRECTORY = KEYS.add(ConfigKey.path("state-dir", Path.of("scanner-state"),
            "Directory of this agent's own state, to be kept; whoever loses it publishes every row once more."));

    private final Path directory;
    private final Clock clock;
    private final FileChannel lock;
    private long salvagedCeiling;

    private StateDirectory(Path directory, Clock clock, FileChannel lock) {
        this.directory = directory;
        this.clock = clock;
        this.lock = lock;
    }

    /** Reads {@code scanner.state-dir}. */
    public static Path configured(Settings settings) {
        return settings.get(DIRECTORY);
    }

    /**
     * Makes the directory when it is missing, and takes it for this agent.
     *
     * @throws StateUnavailableException when it cannot be made or another agent has it
     */
    public static StateDirectory take(Path directory, Clock clock) {
        try {
            Files.createDirectories(directory);
            FileChannel channel = FileChannel.open(directory.resolve(LOCK), StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
            if (!lock(channel)) {
                channel.close();
                throw new StateUnavailableException("another agent uses " + directory
                        + ": stop it, or give this one its own scanner.state-dir", null);
            }
            return new StateDirectory(directory, clock, channel);
        } catch (IOException e) {
            throw new StateUnavailableException("the agent's state directory " + directory + " cannot be used (" + e
                    + "): give the agent's user the right to write into it, or set another scanner.state-dir", e);
        }
    }

    @Override
    public StateStore open() {
        Path file = directory.resolve(FILE);
        Connection connection = null;
        try {
            connection = connect(file);
            prepare(file, connection);
            StateStore state = new SqliteStateStore(new StateDatabase(file, connection), clock);
            if (state.versionCeiling() < salvagedCeiling) {
                state.reserveVersions(salvagedCeiling);
            }
            return state;
        } catch (SQLException e) {
            close(connection);
            throw StateDatabase.failure(file, e);
        } catch (RuntimeException e) {
            close(connection);
            throw e;
        }
    }

    @Override
    public Path quarantine() {
        String suffix = ".damaged-" + STAMP.format(clock.instant());
        try {
            for (String part : SUFFIXES) {
                Path file = directory.resolve(FILE + part);
                if (Files.exists(file)) {
                    Files.move(file, directory.resolve(FILE + suffix + part), StandardCopyOption.REPLACE_EXISTING);
                }
            }
            Path damaged = directory.resolve(FILE + suffix);
            salvagedCeiling = Math.max(salvagedCeiling, ceilingOf(damaged));
            return damaged;
        } catch (IOException e) {
            throw new StateUnavailableException("the damaged state in " + directory + " cannot be renamed: " + e, e);
        }
    }

    /** Told by the time on a file, because nothing else of an idle scan cycle is worth a write. */
    @Override
    public void passed() {
        try {
            Path file = directory.resolve(PASSED);
            if (!Files.exists(file)) {
                Files.createFile(file);
            }
            Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
        } catch (IOException e) {
            log.atDebug().setMessage("the time of the last scan cycle cannot be noted")
                    .addKeyValue("cause", e.toString())
                    .log();
        }
    }

    @Override
    public Confirmations confirmations() {
        return new Confirmations(directory);
    }

    @Override
    public VerificationRequests verificationRequests() {
        return new VerificationRequests(directory);
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException _) {
            // The lock ends with the process at the latest.
        }
    }

    /** The reservation in a damaged file; 0 when it is not to be had or not to be believed. */
    private static long ceilingOf(Path damaged) {
        try (Connection connection = connect(damaged)) {
            long ceiling = Long.parseLong(
                    first(connection,
                            "SELECT value FROM setting WHERE name = '" + SqliteStateStore.VERSION_CEILING + "'"));
            return ceiling > HIGHEST_CEILING ? 0 : ceiling;
        } catch (SQLException | NumberFormatException _) {
            return 0;
        }
    }

    private static boolean lock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException _) {
            return false;
        }
    }

    private static Connection connect(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(5_000);
        config.setGetGeneratedKeys(false); // nobody asks for them, and the driver would run a query after each insert
        return config.createConnection("jdbc:sqlite:file:" + file.toUri().getRawPath());
    }

    private static void prepare(Path file, Connection connection) throws SQLException {
        String check = first(connection, "PRAGMA quick_check(1)");
        if (!"ok".equals(check)) {
            throw new CorruptStateException("the agent's state " + file + " is damaged: " + check, null);
        }
        int format = Integer.parseInt(first(connection, "PRAGMA user_version"));
        if (format > FORMAT) {
            throw new StateUnavailableException("the agent's state " + file
                    + " was written by a newer release: use that, or another scanner.state-dir", null);
        }
        if (format != 0 && format < FORMAT) {
            throw new CorruptStateException("the agent's state " + file
                    + " was written by an earlier release in a format that this one does not read", null);
        }
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(schema());
            statement.executeUpdate("PRAGMA user_version = " + FORMAT);
        }
    }

    private static String first(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(sql)) {
            return row.getString(1);
        }
    }

    private static String schema() {
        try (InputStream schema = StateDirectory.class.getResourceAsStream(SCHEMA)) {
            return new String(schema.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new StateUnavailableException("the schema of the state is missing from this build", e);
        }
    }

    private static void close(Connection connection) {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException _) {
            // It could not be used anyway.
        }
    }
}

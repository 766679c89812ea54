package io.tokensync.scanner.state.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import org.sqlite.SQLiteConfig;

import io.tokensync.scanner.report.AgentStatus;
import io.tokensync.scanner.report.AgentStatus.DatabaseStatus;
import io.tokensync.scanner.report.AgentStatus.LastVerification;
import io.tokensync.scanner.report.AgentStatus.StandingProblem;
import io.tokensync.scanner.report.AgentStatus.VerificationAnswer;
import io.tokensync.scanner.report.ProblemKind;
import io.tokensync.scanner.state.Confirmation;
import io.tokensync.scanner.state.Confirmations;
import io.tokensync.scanner.state.StateUnavailableException;
import io.tokensync.scanner.state.TrackedDatabase;
import io.tokensync.scanner.state.Verification;

/** Reads the state that an agent keeps, whether the agent runs or not; takes nothing from it and writes nothing. */
public final class StateView implements AutoCloseable {
    private final Path directory;
    private final StateDatabase sql;
    private final Confirmations confirmations;
    private final boolean verifies;

    private StateView(Path directory, StateDatabase sql) {
        this.directory = directory;
        this.sql = sql;
        this.confirmations = new Confirmations(directory);
        confirmations.load();
        this.verifies = !sql.query(row -> row.getString(1),
                "SELECT name FROM sqlite_master WHERE name = 'verification'").isEmpty();
    }

    /** A database as it stands in the state. */
    private record Stored(long id, String nodeName, String path, TrackedDatabase.Held held, Instant readAt,
            Instant changedAt, Instant acknowledgedAt, long heldRows) {}

    /**
     * Opens the state.
     *
     * @throws StateUnavailableException when there is none or it cannot be read
     */
    public static StateView open(Path directory) {
        Path file = directory.resolve(StateDirectory.FILE);
        if (!Files.exists(file)) {
            throw new StateUnavailableException("no agent has its state in " + directory.toAbsolutePath().normalize()
                    + ": name its scanner.state-dir", null);
        }
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(5_000);
        try {
            StateDatabase sql = new StateDatabase(file,
                    config.createConnection("jdbc:sqlite:file:" + file.toUri().getRawPath() + "?mode=ro"));
            requireFormat(file, sql);
            return new StateView(directory, sql);
        } catch (SQLException e) {
            throw StateDatabase.failure(file, e);
        }
    }

    private static void requireFormat(Path file, StateDatabase sql) {
        int format = sql.query(row -> row.getInt(1), "PRAGMA user_version").getFirst();
        if (format != StateDirectory.FORMAT) {
            sql.close();
            throw new StateUnavailableException("the agent's state " + file + " is of another release than this one, or"
                    + " its agent has just been started for the first time: use the release of the agent", null);
        }
    }

    /** What the agent remembers. */
    public AgentStatus status() {
        List<StandingProblem> problems = problems();
        Map<String, List<StandingProblem>> byPath = problems.stream()
                .collect(Collectors.groupingBy(StandingProblem::path));
        List<DatabaseStatus> databases = new ArrayList<>();
        for (Stored stored : databases()) {
            databases.add(status(stored, byPath.getOrDefault(stored.path, List.of())));
        }
        List<String> paths = databases.stream().map(DatabaseStatus::path).toList();
        return new AgentStatus(directory.toAbsolutePath().normalize().toString(),
                sql.query(row -> row.getString(1), "SELECT value FROM setting WHERE name = '"
                        + SqliteStateStore.SOURCE_IP + "'").stream().findFirst().orElse(null),
                lastScan(), databases, problems.stream().filter(problem -> !paths.contains(problem.path())).toList());
    }

    /** What confirming the deletions of this database would say; empty when none are deferred. */
    public Optional<Confirmation> confirmable(DatabaseStatus database) {
        return databases().stream().filter(stored -> stored.nodeName.equals(database.nodeName())).findFirst()
                .flatMap(stored -> confirmation(stored, database.errors()));
    }

    @Override
    public void close() {
        sql.close();
    }

    private DatabaseStatus status(Stored stored, List<StandingProblem> errors) {
        long rows = new RowChunks(sql, stored.id).count();
        AgentStatus.Held held = confirmation(stored, errors).map(confirmation -> new AgentStatus.Held(
                confirmation.gone() ? rows : stored.heldRows, confirmation.gone(), stored.held.scans(),
                confirmations.has(confirmation))).orElse(null);
        return new DatabaseStatus(stored.path, stored.nodeName, stored.readAt, rows, stored.changedAt,
                stored.acknowledgedAt, held, errors, verification(stored).map(StateView::shown).orElse(null));
    }

    private Optional<Verification> verification(Stored stored) {
        return verifies ? new StoredVerification(sql, stored.id).read() : Optional.empty();
    }

    private static LastVerification shown(Verification it) {
        Verification.Answer answer = it.answer();
        return new LastVerification(it.asOf(), it.startedBy().code(), it.said().rows(), it.said().digest(),
                answer == null
                        ? null
                        : new VerificationAnswer(answer.outcome().code(), answer.verifiedAt(), answer.tableRows(),
                                it.isOpen()),
                it.repaired());
    }

    private static Optional<Confirmation> confirmation(Stored stored, List<StandingProblem> errors) {
        if (errors.stream().anyMatch(error -> error.kind().equals(ProblemKind.DATABASE_VANISHED.code()))) {
            return Optional.of(Confirmation.ofGone(stored.nodeName));
        }
        return stored.held.equals(TrackedDatabase.Held.NONE)
                ? Optional.empty()
                : Optional.of(Confirmation.of(stored.nodeName, stored.held));
    }

    private List<Stored> databases() {
        return sql.query(row -> new Stored(row.getLong(1), row.getString(2), row.getString(3),
                StoredDatabase.held(row, 4), instant(row, 8), instant(row, 9),
                instant(row, 10), row.getLong(11)),
                """
                        SELECT d.id, d.node_name, d.path, d.held_fingerprint, d.held_scans, d.held_at, d.held_time, s.read_at,
                          s.changed_at, s.acknowledged_at, coalesce(s.held_rows, 0)
                        FROM database d LEFT JOIN scan s ON s.database = d.id ORDER BY d.path""");
    }

    private List<StandingProblem> problems() {
        return sql.query(
                row -> new StandingProblem(row.getString(1), row.getString(2), row.getString(3),
                        ProblemKind.of(row.getString(2)).map(ProblemKind::advice).orElse(null), instant(row, 4)),
                "SELECT path, kind, reason, since FROM problem ORDER BY path, kind, reason");
    }

    private Instant lastScan() {
        try {
            return Files.getLastModifiedTime(directory.resolve(StateDirectory.PASSED)).toInstant();
        } catch (NoSuchFileException _) {
            return null;
        } catch (IOException e) {
            throw new StateUnavailableException("the agent's state directory " + directory + " cannot be read: " + e,
                    e);
        }
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }
}

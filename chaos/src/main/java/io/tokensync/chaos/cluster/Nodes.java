package io.tokensync.chaos.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

import io.tokensync.chaos.jdbc.HeldTable;
import io.tokensync.chaos.jdbc.TableView;
import io.tokensync.common.time.Sleeper;
import io.tokensync.simulator.Churn;
import io.tokensync.simulator.Simulation;
import io.tokensync.simulator.SimulationPlan;
import io.tokensync.simulator.postgres.PostgresAccess;
import io.tokensync.simulator.postgres.V1Network;
import io.tokensync.simulator.postgres.V1Plan;
import io.tokensync.simulator.truth.Truth;
import io.tokensync.testkit.postgres.PostgresServer;

/** The simulated nodes of two machines, of both generations, which keep changing until they are stopped. */
public final class Nodes implements AutoCloseable {
    static final int MACHINES = 2;
    private static final Duration BEAT = Duration.ofSeconds(1);
    private static final int V1_NODES = 2;
    private static final String PREFIX = "chaos_";

    private final Path directory;
    private final Truth written;
    private final double editsPerSecond;
    private final Sleeper sleeper;
    private final Optional<PostgresServer> postgres;
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private final AtomicInteger holds = new AtomicInteger();
    private Canaries canaries;
    private Churn churn;
    private Thread editing;

    private Nodes(Optional<PostgresServer> postgres, Path directory, Truth written, double editsPerSecond,
            Sleeper sleeper) {
        this.postgres = postgres;
        this.directory = directory;
        this.written = written;
        this.editsPerSecond = editsPerSecond;
        this.sleeper = sleeper;
    }

    /** Writes them. */
    static Nodes write(ChaosSettings settings, Path directory, Sleeper sleeper)
            throws IOException, InterruptedException {
        ChaosSettings.Load load = settings.load();
        Optional<PostgresServer> postgres = PostgresServer.startWherePossible();
        try {
            Truth truth = write(SimulationPlan.of(directory, load.nodes(), load.tokens(), settings.seed())
                    .withMachines(MACHINES), postgres, load.tokens() * V1_NODES / load.nodes());
            return new Nodes(postgres, directory, truth, load.editsPerSecond(), sleeper);
        } catch (IOException | InterruptedException | RuntimeException e) {
            postgres.ifPresent(PostgresServer::close);
            throw e;
        }
    }

    private static Truth write(SimulationPlan plan, Optional<PostgresServer> postgres, long v1Tokens)
            throws IOException, InterruptedException {
        Truth truth = postgres.isEmpty()
                ? Simulation.write(plan)
                : Simulation.write(plan, new V1Plan(V1_NODES, v1Tokens, V1Network.MAIN,
                        new PostgresAccess(postgres.get().host(), postgres.get().port(), PostgresServer.USER,
                                PostgresServer.PASSWORD, PREFIX)));
        // Each would be a problem of every scan cycle; they say nothing about faults.
        for (Truth.Unreadable file : truth.unreadable()) {
            Files.delete(plan.out().resolve(file.path()));
        }
        return truth;
    }

    /** The server of the nodes of v1; empty where none can run, and there are no such nodes. */
    public Optional<PostgresServer> postgres() {
        return postgres;
    }

    /** The databases of the nodes of v1. */
    public List<String> databases() {
        return HeldTable.databases(postgres.orElseThrow(), PREFIX);
    }

    Path directory() {
        return directory;
    }

    /** What they held at the beginning. */
    public Truth written() {
        return written;
    }

    public Canaries canaries() {
        return canaries;
    }

    /** Begins to change them. */
    void begin(TableView table, LongSupplier nanoTime) throws IOException, SQLException {
        canaries = Canaries.create(directory, written.machines(), table, nanoTime);
        churn = Churn.open(directory);
        editing = Thread.ofPlatform().name("nodes").start(() -> {
            try {
                edit();
            } catch (InterruptedException _) {
                // The end that was asked for.
            } catch (IOException | SQLException | RuntimeException e) {
                failure.set(e);
            }
        });
    }

    private void edit() throws InterruptedException, IOException, SQLException {
        double due = 0;
        while (!Thread.currentThread().isInterrupted()) {
            canaries.beat();
            due += editsPerSecond * BEAT.toMillis() / 1_000;
            due = step(due);
            sleeper.sleep(BEAT);
        }
    }

    /** Changes what is due, unless the nodes are held still; returns what is left. */
    private synchronized double step(double due) throws IOException {
        double left = due;
        for (; left >= 1 && holds.get() == 0; left--) {
            churn.step();
        }
        return left;
    }

    /** Returns when the nodes change nothing and have no database open, until {@link #goOn}; the canaries go on. */
    public void holdStill() {
        holds.incrementAndGet();
        synchronized (this) {
            try {
                churn.rest();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** As many as have held the nodes still must say so. */
    public void goOn() {
        holds.decrementAndGet();
    }

    /** Ends the changes, and returns what the nodes hold. */
    public Truth end() throws InterruptedException, IOException {
        editing.interrupt();
        editing.join();
        if (failure.get() != null) {
            throw new IllegalStateException("the nodes could not be changed any more", failure.get());
        }
        churn.close();
        return Truth.read(directory);
    }

    /** Changes applied so far. */
    public long edits() {
        return churn.edits();
    }

    @Override
    public void close() throws SQLException, InterruptedException {
        if (editing != null) {
            editing.interrupt();
            editing.join();
        }
        if (canaries != null) {
            canaries.close();
        }
        postgres.ifPresent(PostgresServer::close);
    }
}

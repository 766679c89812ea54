package io.tokensync.chaos.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

import io.tokensync.chaos.jdbc.TableView;
import io.tokensync.common.time.Sleeper;
import io.tokensync.simulator.Churn;
import io.tokensync.simulator.Simulation;
import io.tokensync.simulator.SimulationPlan;
import io.tokensync.simulator.truth.Truth;

/** The simulated nodes of two machines, which keep changing until they are stopped. */
public final class Nodes implements AutoCloseable {
    static final int MACHINES = 2;
    private static final Duration BEAT = Duration.ofSeconds(1);

    private final Path directory;
    private final Truth written;
    private final double editsPerSecond;
    private final Sleeper sleeper;
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private Canaries canaries;
    private Churn churn;
    private Thread editing;

    private Nodes(Path directory, Truth written, double editsPerSecond, Sleeper sleeper) {
        this.directory = directory;
        this.written = written;
        this.editsPerSecond = editsPerSecond;
        this.sleeper = sleeper;
    }

    /** Writes them. */
    static Nodes write(ChaosSettings settings, Path directory, Sleeper sleeper)
            throws IOException, InterruptedException {
        ChaosSettings.Load load = settings.load();
        Truth truth = Simulation.write(SimulationPlan.of(directory, load.nodes(), load.tokens(), settings.seed())
                .withMachines(MACHINES));
        // Each would be a problem of every scan cycle; they say nothing about faults.
        for (Truth.Unreadable file : truth.unreadable()) {
            Files.delete(directory.resolve(file.path()));
        }
        return new Nodes(directory, truth, load.editsPerSecond(), sleeper);
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
            for (; due >= 1; due--) {
                churn.step();
            }
            sleeper.sleep(BEAT);
        }
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
    }
}

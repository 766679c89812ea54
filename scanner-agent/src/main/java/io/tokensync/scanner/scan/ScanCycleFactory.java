package io.tokensync.scanner.scan;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

import io.tokensync.common.time.Sleeper;
import io.tokensync.scanner.batch.RateLimiter;
import io.tokensync.scanner.batch.ScanOutput;
import io.tokensync.scanner.batch.ScanSession;
import io.tokensync.scanner.config.ScannerConfig;
import io.tokensync.scanner.content.BlockStores;
import io.tokensync.scanner.deletion.DeletionRules;
import io.tokensync.scanner.deletion.VanishedDatabases;
import io.tokensync.scanner.discovery.DatabaseFinder;
import io.tokensync.scanner.identity.SourceIdentity;
import io.tokensync.scanner.publish.TokenPublisher;
import io.tokensync.scanner.report.ScanProgress;
import io.tokensync.scanner.report.ScanReport;
import io.tokensync.scanner.scan.DatabaseSelection.Candidate;
import io.tokensync.scanner.source.DatabaseWatch;
import io.tokensync.scanner.source.postgres.PostgresSource;
import io.tokensync.scanner.source.sqlite.SqliteSource;
import io.tokensync.scanner.state.CorruptStateException;
import io.tokensync.scanner.state.StateStore;
import io.tokensync.scanner.state.StateStoreFactory;
import io.tokensync.scanner.state.StateUnavailableException;
import io.tokensync.scanner.state.VersionClock;
import io.tokensync.scanner.verify.ReceivedVerdicts;
import io.tokensync.scanner.verify.Verifications;
import io.tokensync.scanner.watch.Watchdog;

/** Makes passes on the present state; opens it when it is not open, and begins a new one when it was damaged. */
public final class ScanCycleFactory implements ScanLoop.CycleSource, AutoCloseable {
    private final ScannerConfig config;
    private final StateStoreFactory home;
    private final TokenPublisher publisher;
    private final DatabaseFinder finder;
    private final Supplier<Optional<String>> localAddress;
    private final ScanProgress progress;
    private final Clock clock;
    private final Watchdog files;
    private final Watchdog blocks;
    private final NodeSources sources;
    private final BlockStores stores;
    private final DeletionRules deletions;
    private final RateLimiter pace;
    private final Verifications verifications;
    private StateStore state;
    private VersionClock versions;
    /** Outlives the state: what is damaged may not know any more how far versions were handed out. */
    private long lastVersion;

    public ScanCycleFactory(ScannerConfig config, StateStoreFactory home, TokenPublisher publisher,
            ReceivedVerdicts verdicts, Supplier<Optional<String>> localAddress, ScanProgress progress, Clock clock,
            Sleeper sleeper) {
        this.config = config;
        this.home = home;
        this.publisher = publisher;
        this.files = new Watchdog("scanner-files", config.reading().databaseTimeout(), clock);
        this.blocks = new Watchdog("scanner-blocks", config.reading().databaseTimeout(), clock);
        this.finder = new DatabaseFinder(config.discovery(), config.postgres().isConfigured(), files);
        this.localAddress = localAddress;
        this.progress = progress;
        this.clock = clock;
        DatabaseWatch watch = new DatabaseWatch(files);
        this.sources = new NodeSources(
                new SqliteSource(config.reading(), config.stateDir().resolve("copy"), watch, clock, sleeper),
                new PostgresSource(config.postgres(), config.reading().pageRows(), watch), watch);
        this.stores = new BlockStores(blocks, config.content().attached());
        this.deletions = new DeletionRules(config.deletes(), home.confirmations(), clock);
        this.verifications = new Verifications(
                new Verifications.When(config.schedule().verifyInterval(), config.schedule().verified(),
                        !config.schedule().once() || config.schedule().verified()),
                verdicts, home.verificationRequests(), clock);
        this.pace = new RateLimiter(config.schedule().firstScanRows(), clock, sleeper);
    }

    @Override
    public ScanCycle next() {
        if (state != null && state.hasFailed()) {
            closeState();
        }
        if (state == null) {
            state = home.open();
            versions = new VersionClock(state, clock, lastVersion);
        }
        deletions.confirmations().load();
        files.begin();
        blocks.begin();
        ScanOutput output = new ScanOutput(publisher, versions, pace, config.publish().batchRows(), clock);
        SourceIdentity identity = new SourceIdentity(config.identity(), localAddress, state);
        return new ScanCycle(() -> session(identity),
                new DatabaseSelection(finder, sources, state, deletions, verifications, progress, clock),
                new VanishedDatabases(state, output, deletions),
                candidate -> scan(candidate, output), output, progress);
    }

    private DatabaseScan scan(Candidate candidate, ScanOutput output) {
        return new DatabaseScan(sources, output, stores, deletions, candidate, new VerifyingScan(verifications,
                candidate.order(), state.agentId(), output, candidate.store()));
    }

    private ScanSession session(SourceIdentity identity) {
        return new ScanSession(identity.check(), UUID.randomUUID().toString(), config.content().essentialOnly(),
                config.statuses());
    }

    @Override
    public void ended(ScanReport report) {
        state.setProblems(report.problems());
        home.passed();
    }

    @Override
    public boolean isVerifying() {
        return verifications.areOpen();
    }

    @Override
    public Path quarantine() {
        closeState();
        return home.quarantine();
    }

    @Override
    public void close() {
        sources.close();
        files.close();
        blocks.close();
        if (state != null) {
            try {
                versions.release();
            } catch (CorruptStateException | StateUnavailableException _) {
                // Versions stay reserved and unused, which costs nothing but numbers.
            }
            closeState();
        }
    }

    private void closeState() {
        if (state != null) {
            lastVersion = versions.last();
            state.close();
            state = null;
        }
    }
}

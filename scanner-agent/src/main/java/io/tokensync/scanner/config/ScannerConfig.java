package io.tokensync.scanner.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import io.tokensync.common.config.Bounds;
import io.tokensync.common.config.ConfigKey;
import io.tokensync.common.config.KeySection;
import io.tokensync.common.config.Settings;
import io.tokensync.common.kafka.KafkaSettings;
import io.tokensync.common.kafka.topics.TopicSet;
import io.tokensync.common.model.ColumnLimits;
import io.tokensync.scanner.diff.StatusFilter;
import io.tokensync.scanner.discovery.DiscoveryConfig;
import io.tokensync.scanner.publish.PublishConfig;
import io.tokensync.scanner.source.postgres.PostgresSettings;
import io.tokensync.scanner.source.postgres.PostgresSettings.Login;
import io.tokensync.scanner.source.sqlite.file.ReadingConfig;
import io.tokensync.scanner.state.sqlite.StateDirectory;

/**
 * Everything an agent is told.
 *
 * @param discovery where nodes are looked for
 * @param reading how their databases are read
 * @param postgres how the agent gets into those of v1 nodes
 * @param statuses which rows are taken up
 * @param deletes when vanished rows are believed to be gone
 * @param identity who the machine is
 * @param stateDir directory of the agent's own state; of this agent alone
 * @param content what becomes of the tokens' content
 * @param schedule when scan cycles run
 * @param kafka the cluster that records go to
 * @param publish how they go there
 */
public record ScannerConfig(DiscoveryConfig discovery, ReadingConfig reading, PostgresSettings postgres,
        StatusFilter statuses,
        DeletionLimits deletes, Identity identity,
        Path stateDir, ContentConfig content, Schedule schedule, KafkaSettings kafka,
        PublishConfig publish) {
    public static final KeySection KEYS = KeySection.of("scanner");
    public static final ConfigKey<Boolean> ONCE = KEYS
            .add(ConfigKey.flag("once", false, "A single scan cycle, and then the end."));

    private static final ConfigKey<String> SOURCE_IP = KEYS.add(ConfigKey.optionalText("source-ip",
            "This machine's name in the table, part of the identity of every row; when not set, the address of its "
                    + "network interface."));
    private static final ConfigKey<String> REPLACES_SOURCE_IP = KEYS.add(ConfigKey.optionalText("replaces-source-ip",
            "The name that this machine had before, to begin a new identity; the rows under the old one stay as they are."));
    private static final ConfigKey<List<String>> STATUSES = KEYS.add(ConfigKey.texts("statuses", List.of(),
            "Statuses to take up, by name (free, chain_sync_issue), which means the same on all nodes, or as the node's "
                    + "numbers of token_status, which nodes of v1 have numbered anew; all when not set.")
            .replacing("its twelve statuses, without 4, 11 and 20"));
    private static final ConfigKey<Duration> INTERVAL = KEYS.add(ConfigKey.duration("interval", Duration.ofSeconds(30),
            "From the end of a scan cycle to the beginning of the next.").within(Bounds.POSITIVE).replacing("cron"));
    private static final ConfigKey<Double> JITTER = KEYS.add(ConfigKey.ratio("jitter", 0.2,
            "Share of the interval that is added at random, so that machines do not scan in step.")
            .within(Bounds.of(0.0, 1.0)));
    private static final ConfigKey<Duration> VERIFY_INTERVAL = KEYS.add(ConfigKey.duration("verify.interval",
            Duration.ofHours(24),
            "How often each node is read as a whole and compared with what the table has of it, at "
                    + "a time of day of its own; 0s for only when somebody asks.")
            .within(Bounds.atLeast(Duration.ZERO)));
    private static final ConfigKey<Integer> FIRST_SCAN_ROWS = KEYS.add(ConfigKey.integer("first-scan.rows-per-second",
            0, 0, Integer.MAX_VALUE,
            "Most rows published in a second of databases that were never scanned to their end; 0 for no limit."));

    /**
     * Who the machine is.
     *
     * @param sourceIp its name in the table; empty to take the address that its default route starts from
     * @param replaces identity that the new one replaces, when the operator wants another; empty otherwise
     */
    public record Identity(Optional<String> sourceIp, Optional<String> replaces) {
        public Identity {
            sourceIp.filter(ip -> ip.length() > ColumnLimits.SOURCE_IP).ifPresent(ip -> {
                throw new IllegalArgumentException(SOURCE_IP.name() + " is longer than the column's "
                        + ColumnLimits.SOURCE_IP + " characters: " + ip);
            });
        }

        /** A configured one. */
        public static Identity of(String sourceIp) {
            return new Identity(Optional.of(sourceIp), Optional.empty());
        }
    }

    /**
     * When scan cycles run.
     *
     * @param once a single scan cycle, and then the end
     * @param interval from the end of a scan cycle to the beginning of the next
     * @param jitter share of the interval that is added at random, from 0 to 1, so that machines do not scan in step
     * @param firstScanRows most rows published in a second of a database that was never scanned to its end; 0 for no limit
     * @param verifyInterval between two verifications of a node; zero for only when somebody asks
     * @param verified whether each node is verified, and a single scan cycle is followed by others until all are answered
     */
    public record Schedule(boolean once, Duration interval, double jitter, int firstScanRows,
            Duration verifyInterval, boolean verified) {
        public Schedule {
            INTERVAL.require(interval);
            JITTER.require(jitter);
            FIRST_SCAN_ROWS.require(firstScanRows);
            VERIFY_INTERVAL.require(verifyInterval);
        }

        /** One that verifies in turn only. */
        public Schedule(boolean once, Duration interval, double jitter, int firstScanRows, Duration verifyInterval) {
            this(once, interval, jitter, firstScanRows, verifyInterval, false);
        }

        /** Every 30 s and up to a fifth more; no limit. */
        public static Schedule continuous() {
            return new Schedule(false, INTERVAL.standard(), JITTER.standard(), FIRST_SCAN_ROWS.standard(),
                    VERIFY_INTERVAL.standard());
        }

        public Schedule withOnce() {
            return new Schedule(true, interval, jitter, firstScanRows, verifyInterval, verified);
        }
    }

    public ScannerConfig {
        Objects.requireNonNull(discovery, "discovery");
        Objects.requireNonNull(reading, "reading");
        Objects.requireNonNull(postgres, "postgres");
        Objects.requireNonNull(statuses, "scanner.statuses");
        Objects.requireNonNull(deletes, "deletes");
        Objects.requireNonNull(identity, "identity");
        Objects.requireNonNull(stateDir, "scanner.state-dir");
        Objects.requireNonNull(content, "content");
        Objects.requireNonNull(schedule, "schedule");
        Objects.requireNonNull(kafka, "kafka");
        Objects.requireNonNull(publish, "publish");
    }

    /** These nodes, state and broker, everything else by default. */
    public static ScannerConfig of(DiscoveryConfig discovery, Identity identity, Path stateDir, KafkaSettings kafka) {
        return new ScannerConfig(discovery, ReadingConfig.DEFAULT, PostgresSettings.of(Login.NONE),
                StatusFilter.ALL, DeletionLimits.DEFAULT, identity,
                stateDir,
                ContentConfig.DEFAULT, Schedule.continuous(), kafka, PublishConfig.DEFAULT);
    }

    /** The same with one scan cycle. */
    public ScannerConfig withOnce() {
        return new ScannerConfig(discovery, reading, postgres, statuses, deletes, identity, stateDir, content,
                schedule.withOnce(),
                kafka, publish);
    }

    /** The same with a verification of each node. */
    public ScannerConfig withVerification() {
        return new ScannerConfig(discovery, reading, postgres, statuses, deletes, identity, stateDir, content,
                new Schedule(schedule.once, schedule.interval, schedule.jitter, schedule.firstScanRows,
                        schedule.verifyInterval, true),
                kafka, publish);
    }

    /** The same without content. */
    public ScannerConfig withEssentialOnly() {
        return new ScannerConfig(discovery, reading, postgres, statuses, deletes, identity, stateDir,
                content.withEssentialOnly(), schedule, kafka, publish);
    }

    /** Reads {@code scanner.*}, {@code kafka.*} and the names of the topics; the caller calls {@link Settings#check}. */
    public static ScannerConfig from(Settings settings) {
        var _ = settings.build(() -> TopicSet.from(settings)); // an installation's topics may stand in each file
        Optional<DiscoveryConfig> discovery = settings.build(() -> DiscoveryConfig.from(settings));
        Optional<ReadingConfig> reading = settings.build(() -> ReadingConfig.from(settings));
        Optional<PostgresSettings> postgres = settings.build(() -> PostgresSettings.from(settings));
        Optional<StatusFilter> statuses = settings.build(() -> statuses(settings));
        Optional<DeletionLimits> deletes = settings.build(() -> DeletionLimits.from(settings));
        Optional<Identity> identity = settings.build(() -> new Identity(settings.find(SOURCE_IP),
                settings.find(REPLACES_SOURCE_IP)));
        Optional<ContentConfig> content = settings.build(() -> ContentConfig.from(settings));
        Optional<Schedule> schedule = settings.build(() -> schedule(settings));
        Optional<KafkaSettings> kafka = settings.build(() -> KafkaSettings.from(settings));
        Optional<PublishConfig> publish = settings.build(() -> PublishConfig.from(settings));
        return settings.build(() -> new ScannerConfig(discovery.orElse(null), reading.orElse(null),
                postgres.orElse(null), statuses.orElse(null), deletes.orElse(null),
                identity.orElse(null), StateDirectory.configured(settings), content.orElse(null),
                schedule.orElse(null), kafka.orElse(null), publish.orElse(null)))
                .orElse(null);
    }

    private static StatusFilter statuses(Settings settings) {
        try {
            return StatusFilter.of(settings.get(STATUSES));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(STATUSES.name() + ": " + e.getMessage(), e);
        }
    }

    private static Schedule schedule(Settings settings) {
        return new Schedule(settings.get(ONCE), settings.get(INTERVAL), settings.get(JITTER),
                settings.get(FIRST_SCAN_ROWS), settings.get(VERIFY_INTERVAL));
    }
}

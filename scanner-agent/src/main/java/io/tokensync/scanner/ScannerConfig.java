package io.tokensync.scanner;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.tokensync.common.config.Settings;
import io.tokensync.common.kafka.KafkaSettings;
import io.tokensync.common.kafka.TopicSet;
import io.tokensync.common.model.ColumnLimits;
import io.tokensync.common.retry.RetryPolicy;
import io.tokensync.scanner.diff.StatusFilter;
import io.tokensync.scanner.discovery.DiscoveryConfig;
import io.tokensync.scanner.publish.PublishConfig;
import io.tokensync.scanner.publish.PublishTopics;
import io.tokensync.scanner.sqlite.ReadingConfig;
import io.tokensync.scanner.state.sqlite.StateDirectory;

/**
 * Everything an agent is told.
 *
 * @param discovery where nodes are looked for
 * @param reading how their databases are read
 * @param statuses which rows are taken up
 * @param deletes when vanished rows are believed to be gone
 * @param identity who the machine is
 * @param stateDir directory of the agent's own state; of this agent alone
 * @param content what becomes of the tokens' content
 * @param schedule when passes run
 * @param kafka the cluster that records go to
 * @param publish how they go there
 */
public record ScannerConfig(DiscoveryConfig discovery, ReadingConfig reading, StatusFilter statuses,
        DeleteGuard deletes, Identity identity,
        Path stateDir, ContentConfig content, Schedule schedule, KafkaSettings kafka,
        PublishConfig publish) {
    /**
     * Who the machine is.
     *
     * @param sourceIp its name in the table; empty to take the address that its default route starts from
     * @param replaces identity that the new one replaces, when the operator wants another; empty otherwise
     */
    public record Identity(Optional<String> sourceIp, Optional<String> replaces) {
        public Identity {
            sourceIp.filter(ip -> ip.length() > ColumnLimits.SOURCE_IP).ifPresent(ip -> {
                throw new IllegalArgumentException("scanner.source-ip is longer than the column's "
                        + ColumnLimits.SOURCE_IP + " characters: " + ip);
            });
        }

        /** A configured one. */
        public static Identity of(String sourceIp) {
            return new Identity(Optional.of(sourceIp), Optional.empty());
        }
    }

    /**
     * When passes run.
     *
     * @param once a single pass, and then the end
     * @param interval from the end of a pass to the beginning of the next
     * @param jitter share of the interval that is added at random, from 0 to 1, so that machines do not scan in step
     * @param firstScanRows most rows published in a second of a database that was never scanned to its end; 0 for no limit
     */
    public record Schedule(boolean once, Duration interval, double jitter, int firstScanRows) {
        public Schedule {
            if (!interval.isPositive()) {
                throw new IllegalArgumentException("scanner.interval must be longer than zero, not " + interval);
            }
            if (!(jitter >= 0 && jitter <= 1)) {
                throw new IllegalArgumentException("scanner.jitter must be from 0 to 1, not " + jitter);
            }
            if (firstScanRows < 0) {
                throw new IllegalArgumentException(
                        "scanner.first-scan.rows-per-second must be 0 or more, not " + firstScanRows);
            }
        }

        /** Every 30 s and up to a fifth more; no limit. */
        public static Schedule continuous() {
            return new Schedule(false, Duration.ofSeconds(30), 0.2, 0);
        }

        public Schedule withOnce() {
            return new Schedule(true, interval, jitter, firstScanRows);
        }
    }

    public ScannerConfig {
        Objects.requireNonNull(discovery, "discovery");
        Objects.requireNonNull(reading, "reading");
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
        return new ScannerConfig(discovery, ReadingConfig.DEFAULT, StatusFilter.ALL, DeleteGuard.DEFAULT, identity,
                stateDir,
                ContentConfig.DEFAULT, Schedule.continuous(), kafka, PublishConfig.DEFAULT);
    }

    /** The same with one pass. */
    public ScannerConfig withOnce() {
        return new ScannerConfig(discovery, reading, statuses, deletes, identity, stateDir, content,
                schedule.withOnce(),
                kafka, publish);
    }

    /** The same without content. */
    public ScannerConfig withEssentialOnly() {
        return new ScannerConfig(discovery, reading, statuses, deletes, identity, stateDir,
                content.withEssentialOnly(), schedule, kafka, publish);
    }

    /** Reads {@code scanner.*}, {@code kafka.*} and the names of the topics; the caller calls {@link Settings#check}. */
    public static ScannerConfig from(Settings settings) {
        var _ = settings.build(() -> TopicSet.from(settings)); // an installation's topics may stand in each file
        Optional<DiscoveryConfig> discovery = settings.build(() -> discovery(settings));
        Optional<ReadingConfig> reading = settings.build(() -> reading(settings));
        Optional<StatusFilter> statuses = settings.build(() -> statuses(settings));
        Optional<DeleteGuard> deletes = settings.build(() -> deletes(settings));
        Optional<Identity> identity = settings.build(() -> new Identity(settings.optionalText("scanner.source-ip"),
                settings.optionalText("scanner.replaces-source-ip")));
        Optional<ContentConfig> content = settings.build(() -> content(settings));
        Optional<Schedule> schedule = settings.build(() -> schedule(settings));
        Optional<KafkaSettings> kafka = settings.build(() -> KafkaSettings.from(settings));
        Optional<PublishConfig> publish = settings.build(() -> publish(settings));
        return settings.build(() -> new ScannerConfig(discovery.orElse(null), reading.orElse(null),
                statuses.orElse(null), deletes.orElse(null),
                identity.orElse(null), StateDirectory.configured(settings), content.orElse(null),
                schedule.orElse(null), kafka.orElse(null), publish.orElse(null)))
                .orElse(null);
    }

    private static DiscoveryConfig discovery(Settings settings) {
        Map<Path, String> aliases = settings.map("scanner.aliases").entrySet().stream()
                .collect(Collectors.toMap(entry -> Path.of(entry.getKey()), Map.Entry::getValue));
        return new DiscoveryConfig(settings.paths("scanner.roots"), settings.texts("scanner.include", List.of()),
                settings.texts("scanner.exclude", List.of()),
                settings.integer("scanner.max-depth", DiscoveryConfig.DEFAULT_DEPTH, 1, 100),
                settings.texts("scanner.databases", List.of(DiscoveryConfig.STANDARD)), aliases);
    }

    private static ReadingConfig reading(Settings settings) {
        ReadingConfig defaults = ReadingConfig.DEFAULT;
        return new ReadingConfig(settings.integer("scanner.page-rows", defaults.pageRows(), 1, 100_000),
                settings.duration("scanner.page-time", defaults.pageTime()),
                settings.duration("scanner.busy-timeout", defaults.busyTimeout()),
                settings.integer("scanner.busy-tries", defaults.busyTries(), 1, 100),
                settings.integer("scanner.held-connections", defaults.heldConnections(), 0, 10_000),
                settings.duration("scanner.database-timeout", defaults.databaseTimeout()));
    }

    private static PublishConfig publish(Settings settings) {
        return new PublishConfig(PublishTopics.from(settings),
                settings.integer("scanner.batch.rows", PublishConfig.DEFAULT.batchRows(), 1, 100_000),
                RetryPolicy.from(settings, "scanner.retry"));
    }

    private static StatusFilter statuses(Settings settings) {
        try {
            return new StatusFilter(settings.texts("scanner.statuses", List.of()).stream().map(Long::valueOf)
                    .collect(Collectors.toSet()));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "scanner.statuses must be a list of whole numbers, the node's codes of token_status", e);
        }
    }

    private static DeleteGuard deletes(Settings settings) {
        DeleteGuard defaults = DeleteGuard.DEFAULT;
        return new DeleteGuard(settings.ratio("scanner.max-delete-ratio", defaults.maxRatio()),
                settings.duration("scanner.confirm-after", defaults.confirmAfter()),
                Set.copyOf(settings.texts("scanner.confirm-deletes", List.of())));
    }

    private static Schedule schedule(Settings settings) {
        Schedule defaults = Schedule.continuous();
        return new Schedule(settings.flag("scanner.once", false),
                settings.duration("scanner.interval", defaults.interval()),
                settings.ratio("scanner.jitter", defaults.jitter()),
                settings.integer("scanner.first-scan.rows-per-second", defaults.firstScanRows(), 0, Integer.MAX_VALUE));
    }

    private static ContentConfig content(Settings settings) {
        boolean enabled = settings.flag("scanner.attach.enabled", true);
        long bytes = settings.bytes("scanner.attach.max-bytes", ContentConfig.DEFAULT_ATTACH);
        return new ContentConfig(settings.flag("scanner.essential-only", false),
                enabled ? (int) Math.min(bytes, Integer.MAX_VALUE) : 0);
    }
}

package io.tokensync.chaos.cluster;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Properties;
import java.util.random.RandomGenerator;

/**
 * Size and length of a run, from the system properties {@code chaos.*}.
 *
 * @param length how long faults happen; {@code chaos.minutes}, 30 by default
 * @param seed of the schedule, the nodes and their changes; {@code chaos.seed}, a random one by default
 * @param directory where everything of the run is; {@code chaos.dir}
 * @param launcher the script that starts the stages; {@code chaos.launcher}
 * @param lib the assembled distribution; {@code chaos.lib}
 * @param load what the nodes hold and how fast it changes
 * @param bounds how long the run waits before it calls something broken
 */
public record ChaosSettings(Duration length, long seed, Path directory, Path launcher, Path lib, Load load,
        Bounds bounds) {
    private static final String DIRECTORY = "target/chaos";

    /**
     * What the nodes do.
     *
     * @param nodes nodes over both machines; {@code chaos.nodes}
     * @param tokens rows at the beginning; {@code chaos.tokens}
     * @param editsPerSecond changes a second; {@code chaos.churn}
     */
    public record Load(int nodes, long tokens, double editsPerSecond) {}

    /**
     * How long is waited.
     *
     * @param start for all processes to serve and the first rows to arrive; {@code chaos.start-seconds}
     * @param recovery from the end of a fault to the first change that is made after it and is in the table;
     *        {@code chaos.recovery-seconds}
     * @param drain from the last fault to the table being the truth; {@code chaos.drain-seconds}
     */
    public record Bounds(Duration start, Duration recovery, Duration drain) {}

    public ChaosSettings {
        Objects.requireNonNull(load, "load");
        Objects.requireNonNull(bounds, "bounds");
    }

    /**
     * Reads {@code chaos.*}.
     *
     * @param random gives the seed where none is set
     */
    public static ChaosSettings from(Properties properties, RandomGenerator random) {
        long seed = number(properties, "chaos.seed", random.nextInt(1_000_000));
        Load load = new Load((int) number(properties, "chaos.nodes", 6), number(properties, "chaos.tokens", 4_000),
                number(properties, "chaos.churn", 8));
        Bounds bounds = new Bounds(seconds(properties, "chaos.start-seconds", 300),
                seconds(properties, "chaos.recovery-seconds", 240), seconds(properties, "chaos.drain-seconds", 420));
        return new ChaosSettings(Duration.ofMinutes(number(properties, "chaos.minutes", 30)), seed,
                path(properties, "chaos.dir", DIRECTORY), path(properties, "chaos.launcher", "../tokensync"),
                path(properties, "chaos.lib", "../cli/target/lib"), load, bounds);
    }

    private static Duration seconds(Properties properties, String key, long byDefault) {
        return Duration.ofSeconds(number(properties, key, byDefault));
    }

    private static long number(Properties properties, String key, long byDefault) {
        String text = properties.getProperty(key, "");
        return text.isBlank() ? byDefault : Long.parseLong(text.strip());
    }

    private static Path path(Properties properties, String key, String byDefault) {
        return Path.of(properties.getProperty(key, byDefault)).toAbsolutePath().normalize();
    }
}

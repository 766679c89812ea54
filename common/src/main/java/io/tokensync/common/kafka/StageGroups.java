package io.tokensync.common.kafka;

import io.tokensync.common.config.ConfigKey;
import io.tokensync.common.config.KeySection;

/**
 * The keys of the stages' consumer groups, and the groups that a stage has beside the one that is configured. The monitor and
 * the operator's commands look at those of the other stages, and rights are given by them.
 */
public final class StageGroups {
    public static final KeySection SECTION = KeySection.of("");

    public static final ConfigKey<String> ENRICHER = SECTION.add(ConfigKey.text("enricher.group", "tokensync-enricher",
            "Consumer group of the enrichers of an installation."));
    public static final ConfigKey<String> WRITER = SECTION.add(ConfigKey.text("writer.group", "tokensync-writer",
            "Consumer group of the writers of a database; another database needs another group."));
    public static final ConfigKey<String> MONITOR = SECTION.add(ConfigKey.text("monitor.group", "tokensync-monitor",
            "Name that the monitors of an installation share, and with it the work."));

    private StageGroups() {}

    /** The enrichers' second group, which reads the topics of retries, so that neither holds up the other. */
    public static String retries(String enricher) {
        return enricher + "-retry";
    }

    /** The writers' second group, which reads the session summaries. */
    public static String summaries(String writer) {
        return writer + "-sessions";
    }

    /** The writers' third group, which reads the digests of the nodes and compares them with the table. */
    public static String verifications(String writer) {
        return writer + "-verifications";
    }

    /** The monitors' second group, which decides who of them sends alerts. */
    public static String alerts(String monitor) {
        return monitor + "-alerts";
    }

    /** What the transactional ids of a group's members begin with. */
    public static String transactions(String group) {
        return group + "-";
    }
}

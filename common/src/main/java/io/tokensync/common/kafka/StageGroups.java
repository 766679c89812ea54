package io.tokensync.common.kafka;

import io.tokensync.common.config.ConfigKey;
import io.tokensync.common.config.KeySection;

/** The keys of the stages' consumer groups; the monitor and the operator's commands look at those of the other stages. */
public final class StageGroups {
    public static final KeySection SECTION = KeySection.of("");

    public static final ConfigKey<String> ENRICHER = SECTION.add(ConfigKey.text("enricher.group", "tokensync-enricher",
            "Consumer group of the enrichers of an installation."));
    public static final ConfigKey<String> WRITER = SECTION.add(ConfigKey.text("writer.group", "tokensync-writer",
            "Consumer group of the writers of a database; another database needs another group."));
    public static final ConfigKey<String> MONITOR = SECTION.add(ConfigKey.text("monitor.group", "tokensync-monitor",
            "Name that the monitors of an installation share, and with it the work."));

    private StageGroups() {}
}

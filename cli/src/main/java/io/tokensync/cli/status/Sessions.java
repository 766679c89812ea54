package io.tokensync.cli.status;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Option;

import io.tokensync.common.config.Settings;
import io.tokensync.common.kafka.KafkaClients;
import io.tokensync.common.kafka.TopicReader;
import io.tokensync.common.kafka.TopicSet;
import io.tokensync.monitor.MonitorConfig;
import io.tokensync.monitor.results.AccountTable;
import io.tokensync.monitor.view.MonitorViews;

/** Where the accounts of the sessions are read from; an option of the commands that show them. */
final class Sessions {
    @Option(names = "--config", required = true, paramLabel = "FILE", description = "YAML with kafka.* and topics.*, as the monitor's")
    private Path config;

    /** The accounts as they stand now; empty when no monitor has ever run on this cluster. */
    Optional<MonitorViews> read(Map<String, String> environment, Clock clock) throws InterruptedException {
        Settings settings = Settings.load(config, environment);
        Optional<MonitorConfig> monitor = settings.build(() -> MonitorConfig.from(settings));
        settings.check();
        KafkaClients clients = new KafkaClients(monitor.orElseThrow().kafka());
        String topic = monitor.orElseThrow().topics().sessions();
        try (Admin admin = clients.admin("tokensync-status")) {
            if (!TopicSet.missing(admin, List.of(topic)).isEmpty()) {
                return Optional.empty();
            }
        }
        AccountTable accounts = new AccountTable(clock);
        new TopicReader(clients).read(topic, accounts::take);
        return Optional.of(accounts);
    }
}

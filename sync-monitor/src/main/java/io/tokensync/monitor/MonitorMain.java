package io.tokensync.monitor;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import io.tokensync.common.config.ConfigException;
import io.tokensync.common.config.Settings;
import io.tokensync.common.metrics.Metrics;
import io.tokensync.common.runtime.AdminServer;
import io.tokensync.common.runtime.Closer;
import io.tokensync.common.runtime.ServiceRunner;
import io.tokensync.common.runtime.ShutdownHooks;

/** The command {@code monitor}. Exit codes: 0 ended in order, 1 failed, 2 wrong option or configuration. */
@Command(name = "monitor", mixinStandardHelpOptions = true, description = "Reckons for every scan what is in the table and what is still on its way.")
public final class MonitorMain implements Callable<Integer> {
    private static final int USAGE = 2;
    private static final Duration CLOSE_BOUND = Duration.ofMinutes(1);

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "Configuration in YAML.")
    private Path file;

    @Option(names = "--check-config", description = "Show what is configured, or what is wrong with it, and end.")
    private boolean checkOnly;

    @Spec
    private CommandSpec spec;

    private final Map<String, String> environment;

    public MonitorMain() {
        this(System.getenv());
    }

    MonitorMain(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        try {
            Settings settings = Settings.load(file, environment);
            Optional<MonitorConfig> config = settings.build(() -> MonitorConfig.from(settings));
            settings.check();
            if (checkOnly) {
                spec.commandLine().getOut().println(settings.describe().stripTrailing());
                return ServiceRunner.DONE;
            }
            return run(config.orElseThrow());
        } catch (ConfigException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return USAGE;
        }
    }

    private static int run(MonitorConfig config) {
        try (Closer closer = new Closer()) {
            PrometheusMeterRegistry registry = Metrics.prometheus();
            MonitorApp app = closer.register(MonitorApp.create(config, registry, Clock.systemUTC()));
            if (config.admin().enabled()) {
                closer.register(AdminServer.start(config.admin(), new AdminServer.Source(app.status(), app::alive,
                        registry::scrape, () -> Map.of("on_the_way", app.views().fleet().onTheWay()))));
            }
            return new ServiceRunner("monitor", CLOSE_BOUND, ShutdownHooks.system()).run(app);
        }
    }
}

package io.tokensync.scanner;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
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
import io.tokensync.common.runtime.AdminSettings;
import io.tokensync.common.runtime.Closer;
import io.tokensync.common.runtime.ServiceRunner;
import io.tokensync.common.runtime.ShutdownHooks;
import io.tokensync.scanner.report.ScanReport;

/**
 * The command {@code scanner}. Exit codes: 0 ended in order, 1 failed, 2 wrong option or configuration, 3 a single pass is
 * done but rows were refused or databases could not be read.
 */
@Command(name = "scanner", mixinStandardHelpOptions = true, description = "Publishes what changes in the databases of this machine's nodes.")
public final class ScannerMain implements Callable<Integer> {
    private static final int USAGE = 2;
    private static final int PUT_ASIDE = 3;
    private static final int ADMIN_PORT = 9404;
    private static final Duration CLOSE_BOUND = Duration.ofSeconds(30);

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "Configuration in YAML.")
    private Path file;

    @Option(names = "--once", description = "Run a single pass and end when all of it is acknowledged.")
    private boolean once;

    @Option(names = "--check-config", description = "Show what is configured, or what is wrong with it, and end.")
    private boolean checkOnly;

    @Spec
    private CommandSpec spec;

    private final Map<String, String> environment;

    public ScannerMain() {
        this(System.getenv());
    }

    ScannerMain(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        try {
            Settings settings = Settings.load(file, environment);
            Optional<AdminSettings> admin = settings.build(() -> AdminSettings.from(settings, ADMIN_PORT));
            Optional<ScannerConfig> config = settings.build(() -> ScannerConfig.from(settings));
            settings.check();
            if (checkOnly) {
                spec.commandLine().getOut().println(settings.describe().stripTrailing());
                return ServiceRunner.DONE;
            }
            ScannerConfig asked = config.orElseThrow();
            return run(once ? asked.withOnce() : asked, admin.orElseThrow());
        } catch (ConfigException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return USAGE;
        }
    }

    private static int run(ScannerConfig config, AdminSettings admin) {
        try (Closer closer = new Closer()) {
            PrometheusMeterRegistry registry = Metrics.prometheus();
            ScannerApp app = closer.register(ScannerApp.create(config, registry, Clock.systemUTC()));
            if (admin.enabled()) {
                closer.register(AdminServer.start(admin,
                        new AdminServer.Source(app.status(), app::alive, registry::scrape, () -> details(app))));
            }
            int code = new ServiceRunner("scanner", CLOSE_BOUND, ShutdownHooks.system()).run(app);
            boolean aside = config.schedule().once() && app.lastReport().filter(ScanReport::putAside).isPresent();
            return code == ServiceRunner.DONE && aside ? PUT_ASIDE : code;
        }
    }

    /** What {@code /status} shows besides the state. */
    private static Map<String, Object> details(ScannerApp app) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("passes", app.progress().passes());
        details.put("databases_to_read", app.progress().databasesToRead());
        details.put("databases_done", app.progress().databasesDone());
        details.put("rows_estimated", app.progress().estimatedRows());
        details.put("rows_read", app.progress().rows().read());
        details.put("rows_published", app.progress().rows().published());
        details.put("problems", app.lastReport().map(report -> report.problems().size()).orElse(0));
        return details;
    }
}

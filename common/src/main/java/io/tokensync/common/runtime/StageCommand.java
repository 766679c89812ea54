package io.tokensync.common.runtime;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import io.tokensync.common.config.ConfigException;
import io.tokensync.common.config.Settings;
import io.tokensync.common.metrics.BuildInfo;
import io.tokensync.common.metrics.Metrics;
import io.tokensync.common.metrics.ProcessMetrics;

/**
 * What the command of every stage does, mixed into each: it reads the configuration, shows it or what is wrong with it, or
 * runs the stage with its admin endpoint until it ends.
 */
public final class StageCommand {
    private static final Logger log = LoggerFactory.getLogger(StageCommand.class);
    /** Exit code: wrong option or configuration. */
    public static final int USAGE = 2;

    // Required by run and not by the option: a stage may have commands of its own that need none.
    @Option(names = "--config", paramLabel = "FILE", description = "Configuration in YAML; required.")
    private Path file;

    @Option(names = "--check-config", description = "Show what is configured, or what is wrong with it, and end.")
    private boolean checkOnly;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    private final Map<String, String> environment;

    /** @param environment overrides what the file says */
    public StageCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    /** Runs the stage, and returns the exit code. */
    public <C, S extends Service> int run(StageEntryPoint<C, S> entryPoint, Clock clock) {
        if (file == null) {
            throw new ParameterException(spec.commandLine(), "Missing required option: '--config=FILE'");
        }
        try {
            Settings settings = Settings.load(file, environment);
            Optional<AdminSettings> admin = settings.build(() -> AdminSettings.from(settings, entryPoint.adminPort()));
            Optional<C> config = settings.build(() -> entryPoint.config().apply(settings));
            settings.check();
            if (checkOnly) {
                spec.commandLine().getOut().println(settings.describe().stripTrailing());
                settings.warnings().forEach(it -> spec.commandLine().getErr().println("warning: " + it));
                return ServiceRunner.DONE;
            }
            settings.warnings().forEach(log::warn);
            return run(entryPoint, config.orElseThrow(), admin.orElseThrow(), clock);
        } catch (ConfigException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return USAGE;
        }
    }

    private <C, S extends Service> int run(StageEntryPoint<C, S> entryPoint, C config, AdminSettings admin,
            Clock clock) {
        try (Closer closer = new Closer()) {
            PrometheusMeterRegistry registry = Metrics.prometheus();
            closer.register(ProcessMetrics.bindTo(registry, BuildInfo.current()));
            S stage = closer.register(entryPoint.factory().create(config, registry, clock));
            if (admin.enabled()) {
                closer.register(AdminServer.start(admin, new AdminServer.Source(stage.status(), stage::alive,
                        registry::scrape, stage::details)));
            }
            Optional<SystemdNotifier> systemd = SystemdNotifier.start(environment,
                    new Health(stage.status(), stage::alive));
            systemd.ifPresent(closer::register);
            int code = new ServiceRunner(entryPoint.name(), entryPoint.closeBound(), ShutdownHooks.system(),
                    () -> systemd.ifPresent(SystemdNotifier::stopping)).run(stage);
            return code == ServiceRunner.DONE ? entryPoint.doneCode().applyAsInt(stage) : code;
        }
    }
}

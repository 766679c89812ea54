package io.tokensync.common.runtime;

import java.time.Clock;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.ToIntFunction;

import io.micrometer.core.instrument.MeterRegistry;

import io.tokensync.common.config.Settings;

/**
 * How a stage is entered from its command.
 *
 * @param name of the stage, for the log
 * @param adminPort where the admin endpoint listens when nothing else is configured
 * @param closeBound how long closing may take
 * @param config reads the stage's configuration; called by {@link Settings#build}
 * @param factory builds the stage, not yet started
 * @param doneCode the exit code of a stage that has ended in order
 * @param <C> the configuration
 * @param <S> the stage
 */
public record StageEntryPoint<C, S extends Service>(String name, int adminPort, Duration closeBound,
        Function<Settings, C> config, Factory<C, S> factory, ToIntFunction<S> doneCode) {

    /** Builds a stage, not yet started. */
    @FunctionalInterface
    public interface Factory<C, S> {
        S create(C config, MeterRegistry registry, Clock clock);
    }

    /** A stage whose orderly end is always exit code 0. */
    public StageEntryPoint(String name, int adminPort, Duration closeBound, Function<Settings, C> config,
            Factory<C, S> factory) {
        this(name, adminPort, closeBound, config, factory, _ -> ServiceRunner.DONE);
    }
}

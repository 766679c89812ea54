package io.tokensync.cli.terminal;

import java.util.stream.Stream;

import ch.qos.logback.classic.ClassicConstants;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.ConsoleTarget;
import ch.qos.logback.core.spi.ContextAwareBase;

/**
 * What stands until {@link Logging} has read the command line: only warnings, only to the terminal. Logback finds it as a
 * service. It is no {@code logback.xml} because reading one takes an XML parser: a fifth of what a short command costs, and
 * up to 10 MB of every process for as long as it lives. A file of somebody's own has its way.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_NORMAL_PRIORITY)
public final class FirstLogging extends ContextAwareBase implements Configurator {
    private static final String PATTERN = "%-5level %logger{0}: %msg %kvp%n%ex{short}";

    @Override
    public ExecutionStatus configure(LoggerContext loggers) {
        if (isConfiguredOtherwise()) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        Logger root = loggers.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(terminal(loggers));
        // What every start and end of the embedded broker says, and what a command says itself when it cannot connect.
        loggers.getLogger("org.apache.kafka.controller.QuorumController").setLevel(Level.ERROR);
        loggers.getLogger("org.apache.kafka.clients.NetworkClient").setLevel(Level.ERROR);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static boolean isConfiguredOtherwise() {
        ClassLoader loader = FirstLogging.class.getClassLoader();
        return System.getProperty(ClassicConstants.CONFIG_FILE_PROPERTY) != null
                || Stream.of(ClassicConstants.TEST_AUTOCONFIG_FILE, ClassicConstants.AUTOCONFIG_FILE)
                        .anyMatch(file -> loader.getResource(file) != null);
    }

    private static ConsoleAppender<ILoggingEvent> terminal(LoggerContext loggers) {
        PatternLayoutEncoder lines = new PatternLayoutEncoder();
        lines.setContext(loggers);
        lines.setPattern(PATTERN);
        lines.start();
        RoutineWarnings routine = new RoutineWarnings();
        routine.start();
        ConsoleAppender<ILoggingEvent> terminal = new ConsoleAppender<>();
        terminal.setContext(loggers);
        terminal.setName("terminal");
        terminal.setTarget(ConsoleTarget.SystemErr.getName());
        terminal.setEncoder(lines);
        terminal.addFilter(routine);
        terminal.start();
        return terminal;
    }
}

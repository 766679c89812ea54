package io.tokensync.cli.terminal;

import java.nio.file.Path;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.spi.FilterReply;
import ch.qos.logback.core.util.FileSize;
import net.logstash.logback.encoder.LogstashEncoder;
import org.slf4j.LoggerFactory;

/** Where log lines go. Services write JSON lines to standard output; commands for people write them to a file. */
public final class Logging {
    private static final FileSize FILE_SIZE = new FileSize(20 * FileSize.MB_COEFFICIENT);
    private static final int KEPT_FILES = 5;
    private static final String OURS = "io.tokensync";
    private static final String RETRIES = "io.tokensync.common.retry";
    private static final String JSON_LINES = "json-lines";

    /** What the command line says of the level of this run; null when nothing. */
    private static Level asked;

    private Logging() {}

    /**
     * What the command line says of the level, which wins over the environment: for {@link #toStandardOutput} and
     * {@link #toDirectory}, and until one of them is called for the terminal, which shows only warnings without it.
     */
    public static void ofThisRun(boolean verbose, boolean quiet) {
        asked = verbose ? Level.DEBUG : quiet ? Level.WARN : null;
        root().setLevel(quiet ? Level.ERROR : Level.WARN);
        context().getLogger(OURS).setLevel(verbose ? Level.DEBUG : null);
    }

    /** JSON lines on standard output, for a supervisor to collect. */
    public static void toStandardOutput() {
        root().detachAndStopAllAppenders();
        attach(new ConsoleAppender<>(), json());
        levels();
    }

    /** JSON lines in {@code tokensync.log} of this directory; on the terminal stays what this program calls an error. */
    public static void toDirectory(Path directory) {
        RollingFileAppender<ILoggingEvent> file = new RollingFileAppender<>();
        file.setContext(context());
        file.setFile(directory.resolve("tokensync.log").toString());
        file.setTriggeringPolicy(trigger());
        file.setRollingPolicy(rolling(file, directory));
        Logger terminalOnly = root();
        terminalOnly.iteratorForAppenders().forEachRemaining(Logging::onlyOurErrors);
        attach(file, json());
        levels();
    }

    private static void onlyOurErrors(Appender<ILoggingEvent> appender) {
        if (appender instanceof ConsoleAppender) {
            appender.clearAllFilters();
            appender.addFilter(new OurErrors());
        }
    }

    /** Not what the broker inside says of itself, and not what is waited for, which the command tells in words. */
    private static final class OurErrors extends Filter<ILoggingEvent> {
        @Override
        public FilterReply decide(ILoggingEvent event) {
            boolean shown = event.getLevel().isGreaterOrEqual(Level.ERROR) && event.getLoggerName().startsWith(OURS)
                    && !event.getLoggerName().startsWith(RETRIES);
            return shown ? FilterReply.NEUTRAL : FilterReply.DENY;
        }
    }

    private static SizeBasedTriggeringPolicy<ILoggingEvent> trigger() {
        SizeBasedTriggeringPolicy<ILoggingEvent> trigger = new SizeBasedTriggeringPolicy<>();
        trigger.setMaxFileSize(FILE_SIZE);
        trigger.start();
        return trigger;
    }

    private static FixedWindowRollingPolicy rolling(RollingFileAppender<ILoggingEvent> file, Path directory) {
        FixedWindowRollingPolicy rolling = new FixedWindowRollingPolicy();
        rolling.setContext(context());
        rolling.setParent(file);
        rolling.setFileNamePattern(directory.resolve("tokensync.%i.log").toString());
        rolling.setMaxIndex(KEPT_FILES);
        rolling.start();
        return rolling;
    }

    private static Encoder<ILoggingEvent> json() {
        LogstashEncoder encoder = new LogstashEncoder();
        encoder.setContext(context());
        encoder.setIncludeKeyValuePairs(false);
        encoder.addProvider(new KeyValues());
        encoder.start();
        return encoder;
    }

    private static void attach(OutputStreamAppender<ILoggingEvent> appender, Encoder<ILoggingEvent> encoder) {
        root().detachAppender(JSON_LINES);
        appender.setName(JSON_LINES);
        appender.setContext(context());
        appender.setEncoder(encoder);
        RoutineWarnings routine = new RoutineWarnings();
        routine.start();
        appender.addFilter(routine);
        appender.start();
        root().addAppender(appender);
        Thread.setDefaultUncaughtExceptionHandler(Logging::threadEnded);
    }

    /** Else the JVM prints the trace between the lines, as it does for every thread that Kafka Streams replaces. */
    private static void threadEnded(Thread thread, Throwable failure) {
        LoggerFactory.getLogger(Logging.class).atError().setMessage("thread ended by a failure")
                .addKeyValue("thread", thread.getName()).setCause(failure).log();
    }

    /** Our own lines, by default at INFO; of the libraries only what is wrong. */
    private static void levels() {
        root().setLevel(Level.WARN);
        context().getLogger(OURS).setLevel(level(System.getenv("TOKENSYNC_LOG_LEVEL")));
    }

    /** At DEBUG each stage writes a line a batch. */
    static Level level(String environment) {
        return asked == null ? Level.toLevel(environment, Level.INFO) : asked;
    }

    private static Logger root() {
        return context().getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    private static LoggerContext context() {
        return (LoggerContext) LoggerFactory.getILoggerFactory();
    }
}

package io.tokensync.cli.access;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Stream;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

import io.tokensync.common.config.Settings;
import io.tokensync.common.runtime.Service;
import io.tokensync.common.runtime.StageStatus.Part;
import io.tokensync.testkit.kafka.SecuredKafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The rights that {@code topics grants} names are all that the stages need, and each of them is needed: a stage that lacks one
 * says which, waits, and goes on when it has it, with nothing lost.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LeastRightsIT {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
    private static final List<KafkaRole> STAGES = GuardedInstallation.STAGES;
    private static final InstallationNames NAMES = InstallationNames.from(Settings.of(Map.of()));
    private static final String OWN_TOPICS = "tokensync-monitor-";

    @TempDir
    private static Path directory;
    private static final List<String> LOG = new CopyOnWriteArrayList<>();
    private static final AppenderBase<ILoggingEvent> APPENDER = appender();

    private static SecuredKafka kafka;
    private static GuardedInstallation installation;

    /** One right of a stage. */
    record Case(KafkaRole role, AclBinding right) {
        boolean is(ResourceType type, AclOperation operation) {
            return right.pattern().resourceType() == type && right.entry().operation() == operation;
        }

        /** A topic that the stage makes by itself. */
        boolean isOwnTopic() {
            return right.pattern().resourceType() == ResourceType.TOPIC
                    && right.pattern().patternType() == PatternType.PREFIXED;
        }

        /** What is to be said when it is missing. */
        String complaint() {
            if (isOwnTopic() && right.entry().operation() != AclOperation.CREATE) {
                return "may not READ or WRITE topic " + OWN_TOPICS;
            }
            return "may not " + right.entry().operation() + " "
                    + Grant.label(right.pattern().resourceType()).replace('-', ' ') + " " + right.pattern().name();
        }

        @Override
        public String toString() {
            return role.option() + " " + complaint();
        }
    }

    @BeforeAll
    static void start() throws Exception {
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).addAppender(APPENDER);
        kafka = SecuredKafka.scram(directory);
        installation = new GuardedInstallation(directory, kafka,
                role -> kafka.user("tokensync-" + role.option(), "secret-of-" + role.option()));
        kafka.allow(cases(_ -> true).map(Case::right).toList());
    }

    @AfterAll
    static void stop() {
        if (installation != null) {
            installation.close();
        }
        if (kafka != null) {
            kafka.close();
        }
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).detachAppender(APPENDER);
    }

    @Test
    @Order(1)
    void aMonitorThatMayNotMakeItsTopicsWaitsForIt() {
        Case create = cases(one -> one.is(ResourceType.TOPIC, AclOperation.CREATE)).findFirst().orElseThrow();
        kafka.disallow(List.of(create.right));
        installation.start(KafkaRole.MONITOR);
        try {
            awaitComplaint(create);
        } finally {
            kafka.allow(List.of(create.right));
        }
        installation.awaitRunning(KafkaRole.MONITOR, LONGEST_WAIT);
    }

    @Test
    @Order(2)
    void withTheirRightsAllStagesDoAllTheirWork() throws Exception {
        LOG.clear();
        STAGES.stream().filter(role -> role != KafkaRole.MONITOR).forEach(installation::start);
        installation.work();
        awaitAll();
        assertThat(LOG).noneMatch(line -> line.contains("AuthorizationException"));
    }

    /** Each right once. One of each stage is missing at a time: it takes less than a quarter, and they do not wait for each other. */
    static List<List<Case>> eachRight() {
        List<Deque<Case>> stages = STAGES.stream().sorted().map(role -> new ArrayDeque<>(cases(one -> one.role == role
                && !one.is(ResourceType.TOPIC, AclOperation.CREATE)).toList())).map(cases -> (Deque<Case>) cases)
                .toList();
        List<List<Case>> rounds = new ArrayList<>();
        while (stages.stream().anyMatch(cases -> !cases.isEmpty())) {
            rounds.add(stages.stream().filter(cases -> !cases.isEmpty()).map(Deque::removeFirst).toList());
        }
        return rounds;
    }

    @Order(3)
    @ParameterizedTest
    @MethodSource("eachRight")
    void withoutARightAStageSaysWhichAndWaitsForIt(List<Case> missing) throws Exception {
        LOG.clear();
        List<AclBinding> rights = missing.stream().map(Case::right).toList();
        kafka.disallow(rights);
        if (missing.stream().anyMatch(one -> one.isOwnTopic() && one.is(ResourceType.TOPIC, AclOperation.READ))) {
            // Only who begins reads them.
            installation.stop(KafkaRole.MONITOR);
            installation.start(KafkaRole.MONITOR);
        }
        try {
            missing.forEach(LeastRightsIT::awaitComplaint);
            assertThat(missing).allMatch(one -> installation.stage(one.role).alive());
        } finally {
            kafka.allow(rights);
        }
        awaitAll();
    }

    @Test
    @Order(4)
    void everythingThatWasWrongIsADeadLetterOnce() {
        long worked = installation.worked();
        await("dead letters").atMost(LONGEST_WAIT).untilAsserted(
                () -> assertThat(installation.deadLetters()).isEqualTo(Map.of("scanner", worked, "enricher", worked,
                        "writer", worked, "monitor", worked)));
    }

    private static Stream<Case> cases(Predicate<Case> which) {
        return STAGES.stream().flatMap(role -> new RoleGrants(NAMES).of(role).stream()
                .flatMap(grant -> grant.bindings(role.principal())).map(right -> new Case(role, right))).filter(which);
    }

    private static void awaitComplaint(Case missing) {
        await(missing.toString()).atMost(LONGEST_WAIT).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(200))
                .dontCatchUncaughtExceptions().until(() -> {
                    installation.work();
                    return Stream.concat(causes(installation.stage(missing.role)), LOG.stream())
                            .anyMatch(text -> text.contains(missing.complaint()));
                });
    }

    private static Stream<String> causes(Service stage) {
        return Stream.concat(Stream.of(stage.status().snapshot()), stage.status().parts().stream().map(Part::now))
                .filter(now -> now.cause() != null).map(now -> now.cause());
    }

    private static void awaitAll() throws InterruptedException {
        installation.token();
        installation.awaitAll(LONGEST_WAIT);
    }

    private static AppenderBase<ILoggingEvent> appender() {
        AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                String causes = "";
                for (IThrowableProxy at = event.getThrowableProxy(); at != null; at = at.getCause()) {
                    causes += " " + at.getClassName() + ": " + at.getMessage();
                }
                LOG.add(event.getFormattedMessage() + " " + event.getKeyValuePairs() + causes);
            }
        };
        appender.start();
        return appender;
    }
}

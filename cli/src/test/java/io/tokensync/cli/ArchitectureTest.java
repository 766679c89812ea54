package io.tokensync.cli;

import java.time.Clock;
import java.time.Instant;
import java.util.Random;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

import io.tokensync.common.metrics.MetricNames;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/** The dependency rules of ARCHITECTURE.md. A rule that fails says what to do instead. */
@AnalyzeClasses(packages = "io.tokensync", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String SCANNER = "io.tokensync.scanner..";
    private static final String ENRICHER = "io.tokensync.enricher..";
    private static final String WRITER = "io.tokensync.writer..";
    private static final String MONITOR = "io.tokensync.monitor..";
    private static final String STANDALONE = "io.tokensync.standalone..";
    private static final String CLI = "io.tokensync.cli..";
    private static final String COMMON = "io.tokensync.common..";
    private static final String SIMULATOR = "io.tokensync.simulator..";
    private static final String EMBEDDED = "io.tokensync.embedded..";
    private static final String TEST_KIT = "io.tokensync.testkit..";
    private static final String TDS = "io.tokensync.tds..";
    private static final String BENCH = "io.tokensync.bench..";
    private static final String CODEC = "io.tokensync.ipfs..";

    @ArchTest
    static final ArchRule SCANNER_STANDS_ALONE = noClasses().that().resideInAPackage(SCANNER).should()
            .dependOnClassesThat()
            .resideInAnyPackage(ENRICHER, WRITER, MONITOR, STANDALONE, CLI, SIMULATOR, EMBEDDED, TEST_KIT)
            .because("stages share records and topics only: put what two of them need into common");

    @ArchTest
    static final ArchRule ENRICHER_STANDS_ALONE = noClasses().that().resideInAPackage(ENRICHER).should()
            .dependOnClassesThat()
            .resideInAnyPackage(SCANNER, WRITER, MONITOR, STANDALONE, CLI, SIMULATOR, EMBEDDED, TEST_KIT)
            .because("stages share records and topics only: put what two of them need into common");

    @ArchTest
    static final ArchRule WRITER_STANDS_ALONE = noClasses().that().resideInAPackage(WRITER).should()
            .dependOnClassesThat()
            .resideInAnyPackage(SCANNER, ENRICHER, MONITOR, STANDALONE, CLI, SIMULATOR, EMBEDDED, TEST_KIT)
            .because("stages share records and topics only: put what two of them need into common");

    @ArchTest
    static final ArchRule MONITOR_STANDS_ALONE = noClasses().that().resideInAPackage(MONITOR).should()
            .dependOnClassesThat()
            .resideInAnyPackage(SCANNER, ENRICHER, WRITER, STANDALONE, CLI, SIMULATOR, EMBEDDED, TEST_KIT)
            .because("the monitor knows the stages by their receipts only");

    @ArchTest
    static final ArchRule MONITOR_VIEWS_KNOW_NO_TOPOLOGY = noClasses().that()
            .resideInAPackage("io.tokensync.monitor.view..").should()
            .dependOnClassesThat(resideInAPackage("io.tokensync.monitor..")
                    .and(resideOutsideOfPackages("io.tokensync.monitor.view..")))
            .because("whoever asks the monitor depends on its answers, not on how it finds them");

    @ArchTest
    static final ArchRule STREAMS_ONLY_IN_THE_MONITOR = noClasses().that().resideOutsideOfPackages(MONITOR).should()
            .dependOnClassesThat().resideInAPackage("org.apache.kafka.streams..")
            .because("remote calls in a stream thread block its partitions; aggregation is what Streams is for");

    @ArchTest
    static final ArchRule COMMON_KNOWS_NOBODY = noClasses().that().resideInAPackage(COMMON).should()
            .dependOnClassesThat(resideInAPackage("io.tokensync..").and(resideOutsideOfPackages(COMMON)))
            .because("common is what the stages stand on");

    @ArchTest
    static final ArchRule CODEC_KNOWS_COMMON_ONLY = noClasses().that().resideInAPackage(CODEC).should()
            .dependOnClassesThat(resideInAPackage("io.tokensync..").and(resideOutsideOfPackages(COMMON, CODEC)))
            .because("IPFS's formats have nothing to do with how tokens travel");

    @ArchTest
    static final ArchRule STANDALONE_KNOWS_NO_COMMANDS = noClasses().that().resideInAPackage(STANDALONE).should()
            .dependOnClassesThat().resideInAnyPackage(CLI, "picocli..")
            .because("a run in one process can be started by a command, a test or a benchmark");

    @ArchTest
    static final ArchRule SIMULATOR_KNOWS_COMMON_ONLY = noClasses().that().resideInAPackage(SIMULATOR).should()
            .dependOnClassesThat(
                    resideInAPackage("io.tokensync..").and(resideOutsideOfPackages(COMMON, CODEC, SIMULATOR)))
            .because("a truth that is written with the scanner's own code proves nothing");

    @ArchTest
    static final ArchRule PRODUCT_KNOWS_NO_TEST_KIT = noClasses().that().resideOutsideOfPackages(TEST_KIT, TDS, BENCH)
            .should().dependOnClassesThat().resideInAnyPackage(TEST_KIT, TDS, BENCH)
            .because("the distribution has neither: what needs one is a test, a benchmark or of chaos");

    @ArchTest
    static final ArchRule NO_CYCLES = slices().matching("io.tokensync.(**)").should().beFreeOfCycles()
            .because("a package that can be read without its users can be understood");

    @ArchTest
    static final ArchRule CONSUMERS_ONLY_IN_COMMON_KAFKA = noClasses().that()
            .resideOutsideOfPackages("io.tokensync.common.kafka..", TEST_KIT).should().dependOnClassesThat()
            .haveFullyQualifiedName("org.apache.kafka.clients.consumer.KafkaConsumer")
            .because("the poll loop alone knows how offsets are committed: give it a BatchHandler");

    @ArchTest
    static final ArchRule JDBC_ONLY_IN_ITS_PACKAGES = noClasses().that()
            .resideOutsideOfPackages("..jdbc..", "..sqlite..", "..postgres..", "..schema..", SIMULATOR, TEST_KIT, TDS)
            .should()
            .dependOnClassesThat(resideInAPackage("java.sql..").or(resideInAPackage("javax.sql..")))
            .because("JDBC stays behind the interfaces of packages named jdbc, sqlite, postgres or schema");

    @ArchTest
    static final ArchRule NO_HIDDEN_CLOCK = noClasses().that().resideOutsideOfPackages(EMBEDDED, TEST_KIT, TDS).should()
            .callMethod(System.class, "currentTimeMillis").orShould().callMethod(Instant.class, "now").orShould()
            .callMethod(Thread.class, "sleep", long.class)
            .because("time comes through the constructor, as a java.time.Clock or a Sleeper");

    @ArchTest
    static final ArchRule THE_SYSTEM_CLOCK_COMES_IN_BY_THE_ENTRY_POINTS = noClasses().that()
            .haveSimpleNameNotEndingWith("App").and().haveSimpleNameNotEndingWith("Main").and()
            .haveSimpleNameNotEndingWith("Command").and().resideOutsideOfPackages(EMBEDDED, TEST_KIT, TDS).should()
            .callMethod(Clock.class, "systemUTC").orShould().callMethod(Clock.class, "systemDefaultZone").orShould()
            .callConstructor(Random.class)
            .because("only XApp, XMain and the commands decide which clock and which chance are used");

    @ArchTest
    static final ArchRule NO_METRIC_IS_ONLY_A_NAME = fields().that().areDeclaredIn(MetricNames.class).and()
            .haveRawType(MetricNames.class).should(beReadElsewhere())
            .because("dashboards and alerts are made over these names, and a metric that nobody records never fires");

    @ArchTest
    static final ArchRule NO_EMPTY_NAMES = classes().that().areTopLevelClasses().should()
            .haveNameNotMatching(".*(Manager|Helper|Utils?|Impl|Processor)$")
            .andShould().haveNameNotMatching(".*\\.Abstract[A-Z][a-z]+$")
            .because("a class is named for what it is in Kafka's, SQL's or IPFS's words");

    @ArchTest
    static final ArchRule PRINTING_IS_FOR_COMMANDS = noClasses().that(areNotCommands()).should()
            .accessField(System.class, "out").orShould().accessField(System.class, "err")
            .because("everything else logs, or is given a stream");

    private static ArchCondition<JavaField> beReadElsewhere() {
        return new ArchCondition<>("be read by another class") {
            @Override
            public void check(JavaField field, ConditionEvents events) {
                boolean read = field.getAccessesToSelf().stream()
                        .anyMatch(access -> !access.getOriginOwner().equals(field.getOwner()));
                events.add(new SimpleConditionEvent(field, read, field.getFullName() + " is read by nobody"));
            }
        };
    }

    private static DescribedPredicate<JavaClass> areNotCommands() {
        return DescribedPredicate.describe("are not commands",
                type -> !type.getName().matches(".*(Main|Command)(\\$.*)?")
                        && !type.getPackageName().startsWith("io.tokensync.testkit")
                        && !type.getPackageName().startsWith("io.tokensync.tds")
                        && !type.getPackageName().startsWith("io.tokensync.embedded"));
    }
}

package io.tokensync.bench;

import java.time.Clock;
import java.time.Instant;
import java.util.Random;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/** The rules that hold for all modules, here for the one that none of them sees: benchmarks is a leaf. */
@AnalyzeClasses(packages = "io.tokensync", importOptions = ImportOption.DoNotIncludeTests.class)
class BenchArchitectureTest {
    private static final String BENCH = "io.tokensync.bench..";
    private static final String TEST_KIT = "io.tokensync.testkit..";

    @ArchTest
    static final ArchRule NOBODY_NEEDS_A_BENCHMARK = noClasses().that().resideOutsideOfPackage(BENCH).should()
            .dependOnClassesThat().resideInAPackage(BENCH)
            .because("the distribution is without them: what a command needs stands in its own module");

    @ArchTest
    static final ArchRule ONLY_BENCHMARKS_NEED_THE_TEST_KIT = noClasses().that()
            .resideOutsideOfPackages(BENCH, TEST_KIT).should().dependOnClassesThat().resideInAPackage(TEST_KIT)
            .because("the distribution has no test-kit");

    @ArchTest
    static final ArchRule NO_CYCLES = slices().matching("io.tokensync.(**)").should().beFreeOfCycles()
            .because("a package that can be read without its users can be understood");

    @ArchTest
    static final ArchRule JDBC_ONLY_IN_ITS_PACKAGES = noClasses().that().resideInAPackage(BENCH).and()
            .resideOutsideOfPackages("..jdbc..", "..sqlite..", "..postgres..", "..schema..").should()
            .dependOnClassesThat(resideInAnyPackage("java.sql..", "javax.sql.."))
            .because("JDBC stays behind the interfaces of packages named jdbc, sqlite, postgres or schema");

    @ArchTest
    static final ArchRule NO_HIDDEN_CLOCK = noClasses().that().resideInAPackage(BENCH).should()
            .callMethod(System.class, "currentTimeMillis").orShould().callMethod(Instant.class, "now").orShould()
            .callMethod(Thread.class, "sleep", long.class)
            .because("time comes through the constructor, as a java.time.Clock or a Sleeper");

    @ArchTest
    static final ArchRule THE_SYSTEM_CLOCK_COMES_IN_BY_THE_COMMANDS = noClasses().that().resideInAPackage(BENCH).and()
            .haveSimpleNameNotEndingWith("Command").should().callMethod(Clock.class, "systemUTC").orShould()
            .callMethod(Clock.class, "systemDefaultZone").orShould().callConstructor(Random.class)
            .because("only the commands decide which clock and which chance are used");

    @ArchTest
    static final ArchRule PRINTING_IS_FOR_COMMANDS = noClasses().that().resideInAPackage(BENCH).and()
            .haveNameNotMatching(".*Command(\\$.*)?").should().accessField(System.class, "out").orShould()
            .accessField(System.class, "err").because("everything else is given a stream");
}

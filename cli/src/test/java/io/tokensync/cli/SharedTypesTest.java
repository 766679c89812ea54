package io.tokensync.cli;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;

import io.tokensync.common.config.DeclaredKeys;
import io.tokensync.common.kafka.topics.TopicFollower;
import io.tokensync.common.model.TokenState;

import static org.assertj.core.api.Assertions.assertThat;

/** A type that one module uses lives there: common has what two of them need, directly or through other types of common. */
@AnalyzeClasses(packages = "io.tokensync", importOptions = ImportOption.DoNotIncludeTests.class)
class SharedTypesTest {
    private static final String ROOT = "io.tokensync.";
    private static final String COMMON = "common";
    private static final String TEST_KIT = "testkit";
    /** The law that every stage's tests apply, and what holds a KafkaConsumer, which only common.kafka may. */
    private static final Set<Class<?>> AT_HOME = Set.of(TokenState.class, TopicFollower.class);

    @ArchTest
    static void whatOneModuleUsesLivesThere(JavaClasses classes) {
        Map<JavaClass, Set<JavaClass>> used = new HashMap<>();
        classes.forEach(type -> type.getDirectDependenciesFromSelf().forEach(dependency -> used
                .computeIfAbsent(top(type), _ -> new HashSet<>())
                .add(top(dependency.getTargetClass().getBaseComponentType()))));
        Map<JavaClass, Set<String>> users = new HashMap<>();
        used.keySet().stream().filter(type -> !module(type).equals(COMMON) && !module(type).equals(TEST_KIT))
                .forEach(type -> spread(type, module(type), used, users));
        Set<String> lonely = classes.stream().filter(type -> module(type).equals(COMMON) && type.isTopLevelClass())
                .filter(type -> AT_HOME.stream().noneMatch(type::isEquivalentTo))
                .filter(type -> !type.isAssignableTo(DeclaredKeys.class)
                        && !type.getSimpleName().equals("package-info"))
                // the compiler copies constants to their users
                .filter(type -> !type.getMethods().isEmpty() || type.isRecord())
                .filter(type -> users.getOrDefault(type, Set.of()).size() < 2)
                .map(type -> type.getName() + " is used by " + users.getOrDefault(type, Set.of()))
                .collect(Collectors.toSet());
        assertThat(lonely).as("move each to the module that uses it").isEmpty();
    }

    /** Adds a module to the users of what a type uses in common, and of what that uses. */
    private static void spread(JavaClass type, String module, Map<JavaClass, Set<JavaClass>> used,
            Map<JavaClass, Set<String>> users) {
        for (JavaClass target : used.getOrDefault(type, Set.of())) {
            if (module(target).equals(COMMON) && users.computeIfAbsent(target, _ -> new TreeSet<>()).add(module)) {
                spread(target, module, used, users);
            }
        }
    }

    private static JavaClass top(JavaClass type) {
        return type.getEnclosingClass().map(SharedTypesTest::top).orElse(type);
    }

    private static String module(JavaClass type) {
        String name = type.getPackageName();
        int end = name.indexOf('.', ROOT.length());
        return name.startsWith(ROOT) ? name.substring(ROOT.length(), end < 0 ? name.length() : end) : "";
    }
}

package io.tokensync.cli;

import java.util.Map;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import io.tokensync.cli.about.Libraries;
import io.tokensync.cli.output.JsonOption;
import io.tokensync.cli.terminal.ExitCode;
import io.tokensync.common.metrics.BuildInfo;

/** {@code version}: what somebody else needs to know of this installation to understand what it does. */
@Command(name = "version", mixinStandardHelpOptions = true, description = "Prints version, revision and date of this build, the Java and the system that run it, and the libraries by which it speaks with Kafka and databases.")
final class VersionCommand implements Callable<Integer> {
    @Mixin
    private final JsonOption json = new JsonOption();

    /** What {@code --json} shows. */
    private record Installation(String version, String revision, String date, String java, String vm, String system,
            Map<String, String> libraries) {
        static Installation current() {
            BuildInfo build = BuildInfo.current();
            return new Installation(build.version(), build.revision(), build.date(), Runtime.version().toString(),
                    property("java.vm.name") + ", " + property("java.vendor"),
                    property("os.name") + " " + property("os.version") + " " + property("os.arch"),
                    Libraries.versions());
        }

        private static String property(String name) {
            return System.getProperty(name, "unknown");
        }
    }

    @Override
    public Integer call() {
        Installation current = Installation.current();
        if (json.isAsked()) {
            System.out.println(JsonOption.document(current));
        } else {
            print(current);
        }
        return ExitCode.DONE;
    }

    private static void print(Installation current) {
        System.out.println("tokensync " + current.version() + " (revision " + current.revision() + ", "
                + current.date() + ")");
        System.out.println("Java " + current.java() + " (" + current.vm() + ")");
        System.out.println(current.system());
        current.libraries().forEach((name, version) -> System.out.println(name + " " + version));
    }
}

package io.tokensync.cli;

import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import io.tokensync.cli.output.JsonOption;
import io.tokensync.cli.terminal.ExitCode;
import io.tokensync.common.metrics.BuildInfo;

/** {@code version}: which build this is, and which Java runs it. */
@Command(name = "version", mixinStandardHelpOptions = true, description = "Prints version and revision of this build, and the Java that runs it.")
final class VersionCommand implements Callable<Integer> {
    @Mixin
    private final JsonOption json = new JsonOption();

    /** What {@code --json} shows. */
    private record Build(String version, String revision, String java) {}

    @Override
    public Integer call() {
        if (json.isAsked()) {
            BuildInfo build = BuildInfo.current();
            System.out.println(JsonOption.document(
                    new Build(build.version(), build.revision(), Runtime.version().toString())));
        } else {
            for (String line : new Version().getVersion()) {
                System.out.println(line);
            }
        }
        return ExitCode.DONE;
    }
}

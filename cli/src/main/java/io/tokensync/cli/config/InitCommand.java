package io.tokensync.cli.config;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import io.tokensync.cli.terminal.ExitCode;
import io.tokensync.common.metrics.BuildInfo;

/** {@code config init}: a file with every key of a stage, of which only those that it needs are set. */
@Command(name = "init", mixinStandardHelpOptions = true, description = "Writes a configuration file for a stage, or for local: what it needs is set, for you to change, and every other key stands with its default, commented out.")
final class InitCommand implements Callable<Integer> {
    @Option(names = "--stage", required = true, paramLabel = "STAGE", description = "${COMPLETION-CANDIDATES}")
    private ConfiguredStage stage;

    @Option(names = "--out", paramLabel = "FILE", description = "file to write (default: standard output)")
    private Path out;

    @Option(names = "--force", description = "replace a file that is there already")
    private boolean force;

    @Override
    public Integer call() throws IOException {
        String text = new ConfigTemplate(stage, BuildInfo.current().version()).text();
        if (out == null) {
            System.out.print(text);
            return ExitCode.DONE;
        }
        try {
            Files.writeString(out, text, openOptions());
        } catch (FileAlreadyExistsException _) {
            System.err.println(out + " is there already; --force replaces it");
            return ExitCode.FAILED;
        } catch (IOException e) {
            System.err.println(out + " cannot be written: " + e.getClass().getSimpleName()
                    + "; name a file in a directory that is there, and that this user may write");
            return ExitCode.FAILED;
        }
        System.out.println("written to " + out + "; change what is needed there, and try it with tokensync " + stage
                + " --config " + out + " --check-config");
        return ExitCode.DONE;
    }

    private OpenOption[] openOptions() {
        return force
                ? new OpenOption[]{StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE}
                : new OpenOption[]{StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE};
    }
}

package io.tokensync.chaos.process;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A shell beside this process that is notified of each child and each mount. When this process ends, in whatever way, the
 * shell's input ends, and it kills and unmounts what is left.
 */
public final class Watchdog implements AutoCloseable {
    private static final String SCRIPT = """
            trap '' INT TERM HUP
            pids=; mounts=
            while read -r what which; do
              case $what in
                born) pids="$pids $which" ;;
                gone) pids=$(printf '%s\\n' $pids | grep -vx "$which" | tr '\\n' ' ') ;;
                mounted) mounts="$mounts $which" ;;
                unmounted) mounts=$(printf '%s\\n' $mounts | grep -vxF "$which" | tr '\\n' ' ') ;;
              esac
            done
            [ -z "$pids" ] || kill -9 $pids 2> /dev/null
            for mount in $mounts; do umount -l "$mount" 2> /dev/null; done
            """;

    private final Process shell;
    private final BufferedWriter told;

    private Watchdog(Process shell) {
        this.shell = shell;
        this.told = shell.outputWriter();
    }

    /** Starts the shell. */
    public static Watchdog start() {
        try {
            return new Watchdog(new ProcessBuilder(List.of("sh", "-c", SCRIPT))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void born(long pid) {
        tell("born " + pid);
    }

    void gone(long pid) {
        tell("gone " + pid);
    }

    /** Something is mounted there. */
    public void mounted(Path directory) {
        tell("mounted " + directory);
    }

    /** And is not any more. */
    public void unmounted(Path directory) {
        tell("unmounted " + directory);
    }

    /** Has the shell do its work now. */
    @Override
    public void close() {
        try {
            told.close();
            shell.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void tell(String line) {
        try {
            told.write(line);
            told.newLine();
            told.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the watchdog is gone", e);
        }
    }
}

package io.tokensync.simulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.tokensync.simulator.node.NodeSpec;
import io.tokensync.simulator.sqlite.LoginDatabase;
import io.tokensync.simulator.truth.Truth;

/** Files beside the nodes that look like their databases. */
final class Strays {
    private final Path out;
    private final List<Truth.Unreadable> unreadable = new ArrayList<>();

    private Strays(Path out) {
        this.out = out;
    }

    /** Writes them on one machine, and returns those that must be reported. */
    static List<Truth.Unreadable> write(Path out, Truth.Machine machine) throws IOException {
        Strays strays = new Strays(out);
        Files.writeString(strays.database(machine, "text001", Truth.Unreadable.NOT_A_DATABASE),
                "This was a database once. ".repeat(100));
        Files.createFile(strays.database(machine, "empty001", Truth.Unreadable.EMPTY));
        LoginDatabase.create(strays.database(machine, "login001", Truth.Unreadable.NO_TOKENS_TABLE));
        strays.otherNames(machine);
        return strays.unreadable;
    }

    private Path database(Truth.Machine machine, String node, String reason) throws IOException {
        return file(machine, node + '/' + NodeSpec.DATABASE, reason);
    }

    private Path file(Truth.Machine machine, String name, String reason) throws IOException {
        String path = machine.root() + '/' + name;
        unreadable.add(new Truth.Unreadable(machine.name(), path, reason));
        Path file = out.resolve(path);
        Files.createDirectories(file.getParent());
        return file;
    }

    /** Names that nobody must take for a node's database of the main net: another directory, and the test net's. */
    private void otherNames(Truth.Machine machine) throws IOException {
        LoginDatabase.create(file(machine, "weblogin/Rubix/rubixtest.db", Truth.Unreadable.NOT_CONFIGURED));
        LoginDatabase.create(out.resolve(machine.root()).resolve("weblogin").resolve("rubix.db"));
    }
}

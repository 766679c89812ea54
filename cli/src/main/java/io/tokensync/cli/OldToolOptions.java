package io.tokensync.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What became of the options of the Python tool, whose users type them as that tool took them: without a command. */
final class OldToolOptions {
    private static final String LOCAL = "tokensync local --nodes DIR";
    private static final String CHECK = "tokensync check --sql-file azure_sql_connection.txt";
    private static final Map<String, String> NOW = now();

    private OldToolOptions() {}

    /** A sentence on the first of the arguments that was an option of that tool. */
    static Optional<String> hint(List<String> arguments) {
        return arguments.stream().map(argument -> argument.split("=", 2)[0]).filter(NOW::containsKey).findFirst()
                .map(option -> option + " was an option of the Python tool; now: " + NOW.get(option));
    }

    private static Map<String, String> now() {
        Map<String, String> now = new LinkedHashMap<>();
        now.put("--clear", "tokensync schema clear --config writer.yaml, or --data DIR of a local run");
        now.put("--essential-only", LOCAL + " --essential-only");
        now.put("--test-connection", CHECK);
        now.put("--test-only", CHECK);
        now.put("--cleanup-locks", "nothing has to be cleaned up, since repositories are read without their lock; rows"
                + " without content are asked for again by tokensync refetch --where failed --config writer.yaml");
        now.put("--force-ipfs", "tokensync refetch --where all --config writer.yaml");
        now.put("--ipfs-path", LOCAL + ", which finds the repositories beside the nodes and needs no ipfs program;"
                + " --ipfs-api URL names a running one");
        now.put("--background", "the stages run as services: see deploy/; without them nohup " + LOCAL + " &");
        now.put("--interactive", "tokensync status --watch, or the status page of tokensync local");
        now.put("--refresh", "tokensync status --watch");
        return Map.copyOf(now);
    }
}

package io.tokensync.cli.verify;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import io.tokensync.cli.operator.ConfiguredTable;
import io.tokensync.cli.operator.SqlOptions;
import io.tokensync.cli.output.JsonOption;
import io.tokensync.cli.output.RowFormat;
import io.tokensync.cli.terminal.ExitCode;
import io.tokensync.cli.terminal.Printable;
import io.tokensync.cli.verify.RowDifference.Kind;
import io.tokensync.cli.verify.jdbc.ComparedTable;
import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.common.time.Sleeper;
import io.tokensync.monitor.audit.AuditException;
import io.tokensync.scanner.operate.AskedAgents;
import io.tokensync.scanner.operate.FileDigest;
import io.tokensync.scanner.operate.NodeCopy;
import io.tokensync.scanner.source.DatabaseProblemException;
import io.tokensync.standalone.data.jdbc.EmbeddedDatabase;
import io.tokensync.writer.verification.NodeTable.Node;

/**
 * {@code verify}: asks agents to read nodes whole and to have the table compared with them; or compares the table with a copy of
 * a node's database by itself, reading both; or tells the digest of a copy.
 */
@Command(name = "verify", mixinStandardHelpOptions = true, description = "Proves that the table has what nodes hold, and repairs what differs. Asks agents to read their nodes whole, as they do by themselves once in each scanner.verify.interval; the writer compares, and the agents publish what differs. With --file, a database (--data, --config or --sql) and --node IP/NAME: compares a copy of a node's database with the table, now and by this process, names the rows that differ, and changes nothing; a login that may only read is enough. With --file alone: the digest of the copy, to compare with NodeVerifications.node_digest.")
public final class VerifyCommand implements Callable<Integer> {
    private static final int SHOWN = 20;
    private static final String WHICH = "--file with a database needs --node IP/NAME, such as --node 10.0.0.1/node1: "
            + "nothing in a copy says whose it is; the table's nodes are in source_ip and node_name of vw_Nodes "
            + "(tokensync query)";

    @Mixin
    private AskedAgents agents;

    @Mixin
    private SqlOptions server;

    @Option(names = "--file", paramLabel = "FILE", description = "A copy of a node's rubix.db, with its -wal if there is one; no agent is asked.")
    private Path file;

    @Option(names = "--limit", paramLabel = "ROWS", description = "With --file: most rows shown of those that differ (default: "
            + SHOWN + "); csv and json have all.")
    private Integer limit;

    @Option(names = "--format", description = "With --file and a database: table, csv or json (default: table).")
    private RowFormat format;

    @Option(names = "--json", description = "One JSON document on standard output, and nothing else there.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        server.read(false);
        Optional<SqlSettings> named = server.settings(System.getenv());
        if (file == null) {
            require(named.isEmpty() && limit == null && format == null,
                    "--sql, --limit and --format go with --file FILE");
            return agents.ask(json, Clock.systemUTC(), Sleeper.system());
        }
        agents.forAgentsOnly().ifPresent(option -> require(false, option + " is for agents, and --file asks none"));
        require(limit == null || limit > 0, "--limit must be at least 1");
        try {
            Optional<SqlSettings> table = table(named);
            NodeCopy copy = new NodeCopy(file, Clock.systemUTC(), Sleeper.system());
            return table.isPresent() ? compare(copy, table.get()) : digest(copy);
        } catch (IOException e) {
            System.err.println("the copy cannot be read: " + e);
        } catch (DatabaseProblemException e) {
            System.err.println(e.problem().describe());
        } catch (AuditException e) {
            System.err.println("the table could not be asked: " + e.getMessage());
        }
        return ExitCode.FAILED;
    }

    private Optional<SqlSettings> table(Optional<SqlSettings> named) {
        long places = named.stream().count() + agents.config().stream().count() + agents.data().stream().count();
        require(places <= 1, "--sql, --config and --data name a database each; leave one");
        return named.or(() -> agents.config().map(ConfiguredTable::of))
                .or(() -> agents.data().map(data -> EmbeddedDatabase.of(data).existing().settings()));
    }

    private int digest(NodeCopy copy) throws IOException, DatabaseProblemException, InterruptedException {
        require(agents.node().isEmpty() && limit == null && format == null,
                "--node, --limit and --format go with a database to compare the file with: --data, --config or --sql");
        FileDigest digest = copy.contents().digest();
        System.out.println(json ? JsonOption.document(digest) : Printable.line(digest.describe()));
        return ExitCode.DONE;
    }

    private int compare(NodeCopy copy, SqlSettings settings)
            throws IOException, DatabaseProblemException, AuditException, InterruptedException {
        Node node = agents.node().flatMap(VerifyCommand::node)
                .orElseThrow(() -> new ParameterException(spec.commandLine(), WHICH));
        try (ComparedTable table = ComparedTable.open(settings, node)) {
            FileComparison comparison = new FileComparison(copy, table, FileComparison.MOST_HELD);
            Compared compared = comparison.compare();
            List<Node> others = compared.table().rows() == 0 ? table.nodes() : List.of(node);
            if (!others.contains(node)) {
                System.err.println(Printable.line(unknown(compared, others)));
                return ExitCode.FAILED;
            }
            return tell(comparison, compared);
        }
    }

    /** The machine has no slash in its name. */
    private static Optional<Node> node(String text) {
        int slash = text.indexOf('/');
        return slash <= 0 || slash == text.length() - 1
                ? Optional.empty()
                : Optional.of(new Node(text.substring(0, slash), text.substring(slash + 1)));
    }

    private static String unknown(Compared compared, List<Node> others) {
        String near = others.stream().map(other -> other.sourceIp() + "/" + other.nodeName()).limit(SHOWN)
                .collect(Collectors.joining(", "));
        return "the table does not know node " + compared.nodeText() + ", so that there is nothing to compare "
                + compared.copy().digest().path() + " with; "
                + (near.isEmpty()
                        ? "its nodes are in source_ip and node_name of vw_Nodes (tokensync query)"
                        : "nodes of this machine or name are: " + near);
    }

    private int tell(FileComparison comparison, Compared compared)
            throws IOException, DatabaseProblemException, AuditException, InterruptedException {
        PrintStream out = new PrintStream(new BufferedOutputStream(System.out), false, StandardCharsets.UTF_8);
        ComparisonOutput output = switch (json ? RowFormat.json : Optional.ofNullable(format).orElse(RowFormat.table)) {
            case table -> new ComparisonText(out, limit == null ? SHOWN : limit);
            case csv -> new ComparisonCsv(out, System.err);
            case json -> new ComparisonJson(out);
        };
        try {
            output.begin(compared);
            Map<Kind, Long> counts = comparison.differences(compared, output::add);
            output.end(compared, counts);
        } finally {
            out.flush();
        }
        return compared.isEqual() ? ExitCode.DONE : ExitCode.INCOMPLETE;
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), otherwise);
        }
    }
}

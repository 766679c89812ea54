package io.tokensync.cli.refetch;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;

import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import io.tokensync.cli.operator.KafkaAccess;
import io.tokensync.cli.output.JsonOption;
import io.tokensync.cli.terminal.ExitCode;
import io.tokensync.common.config.Settings;
import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.common.kafka.KafkaClients;
import io.tokensync.common.kafka.topics.TopicKeys;
import io.tokensync.common.kafka.topics.TopicSet;
import io.tokensync.common.kafka.topics.Topics;
import io.tokensync.common.time.Sleeper;
import io.tokensync.standalone.data.jdbc.EmbeddedDatabase;
import io.tokensync.standalone.run.LocalRun;
import io.tokensync.writer.WriterConfig;
import io.tokensync.writer.batch.SqlFailure;
import io.tokensync.writer.jdbc.Database;
import io.tokensync.writer.jdbc.StoredRows;

/**
 * {@code refetch}: finds rows in the table and leaves requests for their content on the topic of retries, for the
 * enricher. Running it twice asks twice and harms nothing: content that is there stays.
 */
@Command(name = "refetch", mixinStandardHelpOptions = true, description = "Asks again for the content of rows: those for which it was given up, those that wait, or all.")
public final class RefetchCommand implements Callable<Integer> {
    private static final int PAGE_ROWS = 5_000;

    @Option(names = "--where", required = true, paramLabel = "failed|pending|all", description = "failed: rows whose content was given up; pending: rows whose content is going to be asked for again, to have it done at once, as after an outage; all: every row that its node still has")
    private StoredRows.Which which;

    @Option(names = "--node", paramLabel = "NAME", description = "only rows of nodes with this name")
    private Optional<String> node = Optional.empty();

    @Option(names = "--dry-run", description = "only say how many rows it would be")
    private boolean dryRun;

    @Mixin
    private final JsonOption json = new JsonOption();

    @ArgGroup(multiplicity = "1")
    private Installation installation;

    @Spec
    private CommandSpec spec;

    private final PrintStream err = System.err;

    /** What {@code --json} shows. */
    private record Asked(boolean dryRun, String topic, long rows, long leftOut) {}

    /** Where table and topics are. */
    static final class Installation {
        @Option(names = "--config", paramLabel = "FILE", description = "the writer's configuration in YAML")
        private Path config;

        @Option(names = "--data", paramLabel = "DIR", description = "data directory of local or demo, which may be running")
        private Path data;
    }

    @Override
    public Integer call() throws SqlFailure, InterruptedException {
        return installation.data == null ? onCluster(installation.config) : onLocal(installation.data);
    }

    private int onCluster(Path config) throws SqlFailure, InterruptedException {
        Settings settings = Settings.load(config, System.getenv());
        Optional<WriterConfig> writer = settings.build(() -> WriterConfig.from(settings));
        String retries = settings.get(TopicKeys.CONTENT_RETRY.name());
        settings.check();
        return run(writer.orElseThrow().sql(), new KafkaClients(writer.orElseThrow().kafka()), retries);
    }

    /** While {@code local} runs the requests go to its broker. */
    private int onLocal(Path data) throws SqlFailure, InterruptedException {
        try (KafkaAccess kafka = KafkaAccess.dataDirectory(data, err::println, Sleeper.system())) {
            if (kafka.isExclusive()) {
                LocalRun.createTopics(kafka.admin());
            }
            return run(EmbeddedDatabase.of(data).existing().settings(), kafka.clients(), Topics.CONTENT_RETRY);
        }
    }

    private int run(SqlSettings sql, KafkaClients kafka, String retries) throws SqlFailure, InterruptedException {
        String topic = Topics.contentRetry(retries, 1);
        try (Database database = Database.open(sql, 1)) {
            Refetch refetch = new Refetch(new StoredRows(database, which, node, PAGE_ROWS), Clock.systemUTC());
            if (dryRun) {
                say(topic, refetch.count(), "%,d rows would be asked for; nothing is sent");
                return ExitCode.DONE;
            }
            if (isMissing(kafka, topic)) {
                spec.commandLine().getErr().println("there is no topic " + topic + "; " + TopicSet.HOW_TO_CREATE);
                return ExitCode.FAILED;
            }
            say(topic, refetch.publish(kafka, topic),
                    "%,d rows are asked for on " + topic + "; the enricher sends their content when it comes");
            return ExitCode.DONE;
        }
    }

    private static boolean isMissing(KafkaClients kafka, String topic) throws InterruptedException {
        try (Admin admin = kafka.admin("tokensync-refetch")) {
            return !TopicSet.missing(admin, List.of(topic)).isEmpty();
        }
    }

    private void say(String topic, Refetch.Counts counts, String text) {
        PrintWriter out = spec.commandLine().getOut();
        if (json.isAsked()) {
            out.println(JsonOption.document(new Asked(dryRun, topic, counts.chosen(), counts.leftOut())));
            out.flush();
            return;
        }
        out.println(String.format(Locale.ROOT, text, counts.chosen()));
        if (counts.leftOut() > 0) {
            out.println(String.format(Locale.ROOT,
                    "%,d rows are left out: the table holds them otherwise than the writer has written them",
                    counts.leftOut()));
        }
        out.flush();
    }
}

package io.tokensync.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import io.tokensync.cli.access.GrantsCommand;
import io.tokensync.cli.output.JsonOption;
import io.tokensync.cli.terminal.ExitCode;
import io.tokensync.common.config.Settings;
import io.tokensync.common.kafka.KafkaClients;
import io.tokensync.common.kafka.KafkaSettings;
import io.tokensync.common.kafka.topics.TopicSet;
import io.tokensync.common.kafka.topics.TopicSpec;

/** {@code topics}: what topics an installation needs, and making them. Stages never create topics. */
@Command(name = "topics", mixinStandardHelpOptions = true, description = "Shows or creates the topics of an installation, and the rights in them.", subcommands = {
        TopicsCommand.Print.class, TopicsCommand.Create.class, GrantsCommand.class})
final class TopicsCommand implements Runnable {
    @Override
    public void run() {
        picocli.CommandLine.usage(this, System.out);
    }

    /** The configuration: {@code kafka.*} and {@code topics.*}. */
    abstract static class WithConfig implements Callable<Integer> {
        @Option(names = "--config", required = true, paramLabel = "FILE", description = "YAML with kafka.* and topics.*")
        private Path config;

        @Mixin
        private final JsonOption json = new JsonOption();

        @Override
        public Integer call() throws InterruptedException {
            Settings settings = Settings.load(config, System.getenv());
            Optional<KafkaSettings> kafka = settings.build(() -> KafkaSettings.from(settings));
            Optional<TopicSet> topics = settings.build(() -> TopicSet.from(settings));
            settings.check();
            return run(kafka.orElseThrow(), topics.orElseThrow());
        }

        final boolean isJson() {
            return json.isAsked();
        }

        abstract int run(KafkaSettings kafka, TopicSet topics) throws InterruptedException;
    }

    /** Shows them. */
    @Command(name = "print", mixinStandardHelpOptions = true, description = "Shows the topics as they should be.")
    static final class Print extends WithConfig {
        /** What {@code --json} shows of a topic; what is left to the cluster is left out. */
        private record Shown(String name, int partitions, Integer replicationFactor, Map<String, String> settings) {
            static Shown of(TopicSpec topic) {
                return new Shown(topic.name(), topic.partitions(), topic.replicationFactor().orElse(null),
                        topic.settings());
            }
        }

        @Override
        int run(KafkaSettings kafka, TopicSet topics) {
            System.out.println(isJson()
                    ? JsonOption.document(topics.all().stream().map(Shown::of).toList())
                    : topics.describe());
            return ExitCode.DONE;
        }
    }

    /** Creates those that are missing, and says what differs in the others. */
    @Command(name = "create", mixinStandardHelpOptions = true, description = "Creates the topics that are missing; existing ones are only compared.")
    static final class Create extends WithConfig {
        /** What {@code --json} shows. */
        private record Outcome(List<String> created, List<String> differences) {}

        @Override
        int run(KafkaSettings kafka, TopicSet topics) throws InterruptedException {
            try (Admin admin = new KafkaClients(kafka).answeringAdmin("tokensync-topics")) {
                List<String> created = topics.create(admin);
                List<String> differences = topics.differences(admin);
                if (isJson()) {
                    System.out.println(JsonOption.document(new Outcome(created, differences)));
                } else {
                    print(created, differences);
                }
                return differences.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
            }
        }

        private static void print(List<String> created, List<String> differences) {
            created.forEach(topic -> System.out.println("created " + topic));
            differences.forEach(System.out::println);
            if (created.isEmpty() && differences.isEmpty()) {
                System.out.println("all topics are there, as they should be");
            }
        }
    }
}

package io.tokensync.cli.deadletter;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import io.tokensync.cli.operator.KafkaAccess;
import io.tokensync.cli.output.JsonOption;
import io.tokensync.cli.terminal.ExitCode;
import io.tokensync.cli.terminal.Printable;

/** One dead letter with all its headers and what was rejected. */
@Command(name = "show", mixinStandardHelpOptions = true, description = "Shows one dead letter: headers, key and what was rejected.")
final class ShowCommand extends DeadLetterCommand {
    @Parameters(paramLabel = "PARTITION:OFFSET", description = "as list prints it")
    private String place;

    @Spec
    private CommandSpec spec;

    /** What {@code --json} shows; of a name there may be several headers. */
    private record Whole(String topic, int partition, long offset, Instant time, List<NamedValue> headers, String key,
            String value) {}

    /** A header. */
    private record NamedValue(String name, String value) {}

    @Override
    void check() {
        if (!place.matches("\\d{1,9}:\\d{1,18}")) {
            throw new ParameterException(spec.commandLine(), place + " is not a place; give PARTITION:OFFSET");
        }
    }

    @Override
    int run(KafkaAccess access) {
        String[] parts = place.split(":", -1);
        Optional<ConsumerRecord<byte[], byte[]>> found = access.reader().find(access.deadLetterTopic(),
                Integer.parseInt(parts[0]), Long.parseLong(parts[1]));
        if (found.isEmpty()) {
            System.err.println("there is no dead letter at " + place + " of " + access.deadLetterTopic());
            return ExitCode.FAILED;
        }
        if (isJson()) {
            System.out.println(JsonOption.document(whole(found.get())));
        } else {
            print(found.get());
        }
        return ExitCode.DONE;
    }

    private static void print(ConsumerRecord<byte[], byte[]> deadLetter) {
        for (Header header : deadLetter.headers()) {
            System.out.println(Printable.line(header.key() + ": " + text(header.value())));
        }
        System.out.println(Printable.line("key: " + text(deadLetter.key())));
        System.out.println();
        System.out.println(Printable.lines(text(deadLetter.value())));
    }

    private static Whole whole(ConsumerRecord<byte[], byte[]> deadLetter) {
        List<NamedValue> headers = new ArrayList<>();
        deadLetter.headers().forEach(header -> headers.add(new NamedValue(header.key(), textOrNull(header.value()))));
        return new Whole(deadLetter.topic(), deadLetter.partition(), deadLetter.offset(),
                Instant.ofEpochMilli(deadLetter.timestamp()),
                headers, textOrNull(deadLetter.key()), textOrNull(deadLetter.value()));
    }

    private static String textOrNull(byte[] bytes) {
        return bytes == null ? null : text(bytes);
    }

    private static String text(byte[] bytes) {
        return bytes == null ? "(none)" : new String(bytes, StandardCharsets.UTF_8);
    }
}

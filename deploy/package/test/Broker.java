import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

import io.tokensync.common.kafka.topics.TopicSet;
import io.tokensync.embedded.EmbeddedKafka;

/**
 * A broker with our topics for the tests of the package, in one partition or in as many as are asked for. Says its address, then for every line that it reads how many records
 * {@code tokens.scanned} has; ends with the end of its input.
 */
final class Broker {
    private static final TopicPartition SCANNED = new TopicPartition("tokens.scanned", 0);

    private Broker() {}

    public static void main(String[] args) throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(Path.of(args[0]));
                Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
                BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            TopicSet.local(args.length > 1 ? Integer.parseInt(args[1]) : 1).create(admin);
            System.out.println(kafka.bootstrapServers());
            while (lines.readLine() != null) {
                System.out.println(admin.listOffsets(Map.of(SCANNED, OffsetSpec.latest())).partitionResult(SCANNED)
                        .get().offset());
            }
        }
    }
}

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

import io.tokensync.common.kafka.topics.TopicSet;
import io.tokensync.embedded.EmbeddedKafka;

/**
 * A broker with our topics for the tests of the package, in one partition or in as many as are asked for. Says its address, then
 * for every line that it reads how many records {@code tokens.scanned} and {@code tokens.enriched} have together; ends with
 * the end of its input.
 */
final class Broker {
    private Broker() {}

    public static void main(String[] args) throws Exception {
        int partitions = args.length > 1 ? Integer.parseInt(args[1]) : 1;
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (int partition = 0; partition < partitions; partition++) {
            ends.put(new TopicPartition("tokens.scanned", partition), OffsetSpec.latest());
            ends.put(new TopicPartition("tokens.enriched", partition), OffsetSpec.latest());
        }
        try (EmbeddedKafka kafka = EmbeddedKafka.start(Path.of(args[0]));
                Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
                BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            TopicSet.local(partitions).create(admin);
            System.out.println(kafka.bootstrapServers());
            while (lines.readLine() != null) {
                System.out.println(admin.listOffsets(ends).all().get().values().stream()
                        .mapToLong(ListOffsetsResultInfo::offset).sum());
            }
        }
    }
}

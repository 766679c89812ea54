package io.tokensync.chaos.check;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;

import io.tokensync.chaos.jdbc.TableView;
import io.tokensync.common.kafka.KafkaClients;
import io.tokensync.common.kafka.admin.ConsumerLag;
import io.tokensync.common.kafka.topics.TopicReader;
import io.tokensync.common.kafka.topics.Topics;
import io.tokensync.common.model.TokenKey;
import io.tokensync.common.serde.RecordLabel;

/**
 * Whether the writers have committed offsets of records that are not in the table. Each record is looked at once, at the
 * first look after its offset was committed. Not thread-safe.
 */
public final class OffsetCheck {
    static final String GROUP = "tokensync-writer";

    private final KafkaClients kafka;
    private final TableView table;
    private final Map<Integer, Long> looked = new HashMap<>();
    private long records;

    public OffsetCheck(KafkaClients kafka, TableView table) {
        this.kafka = kafka;
        this.table = table;
    }

    /** Records that are committed and not in the table, one sentence each. */
    public List<String> look(Admin admin) throws InterruptedException, SQLException {
        // Offsets first: the table can only be ahead of what is asked before it.
        Map<Integer, Long> committed = new HashMap<>();
        for (ConsumerLag.PartitionLag lag : new ConsumerLag(admin).of(GROUP, List.of(Topics.ENRICHED))) {
            committed.put(lag.partition().partition(), lag.committed());
        }
        Map<TokenKey, Long> versions = new HashMap<>();
        new TopicReader(kafka).visit(Topics.ENRICHED, looked, record -> {
            if (record.offset() < committed.getOrDefault(record.partition(), 0L)) {
                add(record, versions);
            }
            return true;
        });
        looked.putAll(committed);
        return table.behind(versions);
    }

    /** Records looked at so far. */
    public long records() {
        return records;
    }

    private void add(ConsumerRecord<byte[], byte[]> record, Map<TokenKey, Long> versions) {
        records++;
        // What has no label is none of the stages' records.
        RecordLabel.of(record).ifPresent(label -> TokenKey.ofRecordKey(record.key())
                .ifPresent(key -> versions.merge(key, label.version(), Math::max)));
    }
}

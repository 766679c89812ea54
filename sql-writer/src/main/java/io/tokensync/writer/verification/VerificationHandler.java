package io.tokensync.writer.verification;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

import io.tokensync.common.kafka.deadletter.DeadLetter;
import io.tokensync.common.kafka.loop.BatchHandler;
import io.tokensync.common.model.RejectionReason;
import io.tokensync.common.model.TokenKey;
import io.tokensync.common.serde.UnreadableRecordException;
import io.tokensync.common.serde.VerificationSerde;
import io.tokensync.common.verification.NodeDigest;
import io.tokensync.writer.batch.SqlFailure;
import io.tokensync.writer.verification.NodeTable.Node;

/**
 * Verifies the nodes whose digests are in a batch, of each the latest, and returns the answers and the dead letters of what is
 * no digest.
 */
public final class VerificationHandler implements BatchHandler {
    private final Verifier verifier;
    private final VerificationUpkeep upkeep;
    private final Topics topics;

    /**
     * Where what it returns goes.
     *
     * @param stage the name in dead letters
     * @param deadLetters topic
     * @param repairs topic
     */
    public record Topics(String stage, String deadLetters, String repairs) {}

    public VerificationHandler(Verifier verifier, VerificationUpkeep upkeep, Topics topics) {
        this.verifier = verifier;
        this.upkeep = upkeep;
        this.topics = topics;
    }

    @Override
    public List<ProducerRecord<byte[], byte[]>> handle(List<ConsumerRecord<byte[], byte[]>> records)
            throws SqlFailure, InterruptedException {
        Map<Node, NodeDigest> latest = new LinkedHashMap<>();
        List<ProducerRecord<byte[], byte[]>> output = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (record.value() != null) {
                read(record, latest, output);
            }
        }
        verifier.verify(List.copyOf(latest.values()))
                .forEach(verdict -> output.add(VerificationSerde.toRecord(topics.repairs(), verdict)));
        upkeep.look();
        return output;
    }

    private void read(ConsumerRecord<byte[], byte[]> record, Map<Node, NodeDigest> latest,
            List<ProducerRecord<byte[], byte[]>> dead) {
        try {
            NodeDigest digest = VerificationSerde.readDigest(record.value());
            if (Arrays.equals(record.key(), TokenKey.nodeKey(digest.sourceIp(), digest.nodeName()))) {
                latest.put(NodeVerification.node(digest), digest);
            } else {
                dead.add(deadLetter("the key names another node than the digest", record));
            }
        } catch (UnreadableRecordException e) {
            dead.add(deadLetter(e.getMessage(), record));
        }
    }

    private ProducerRecord<byte[], byte[]> deadLetter(String detail, ConsumerRecord<byte[], byte[]> record) {
        return DeadLetter.of(topics.stage(), RejectionReason.UNREADABLE_RECORD, detail, record)
                .toRecord(topics.deadLetters());
    }
}

package io.tokensync.scanner.verify;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.tokensync.common.serde.UnreadableRecordException;
import io.tokensync.common.serde.VerificationSerde;
import io.tokensync.common.verification.NodeVerdict;

/**
 * The answers to the last digests of this machine's nodes, as the topic brings them. Only what answers such a digest is kept,
 * and no more rows than fit: a node whose answer does not is verified again when there is room. Filled by one thread, asked by
 * another.
 */
public final class ReceivedVerdicts {
    private static final Logger log = LoggerFactory.getLogger(ReceivedVerdicts.class);
    /** Some 150 bytes each; as many as an answer may have. */
    static final int MOST_ROWS = 100_000;

    private final Map<String, AwaitedVerdict> awaited = new HashMap<>();
    private final Set<String> dropped = new HashSet<>();
    private final Runnable follow;
    private final BooleanSupplier followed;
    private byte[] machine = {};
    private boolean following;
    private boolean saidUnreadable;

    /**
     * @param follow starts to bring the topic, from its beginning; called once, when it is known what to wait for
     * @param followed whether the topic is being brought
     */
    public ReceivedVerdicts(Runnable follow, BooleanSupplier followed) {
        this.follow = follow;
        this.followed = followed;
    }

    /**
     * Whether answers can come at all. Where the topic is not there, or may not be read, nothing is asked: what is asked is
     * published to a topic that was made together with it, and an agent that may not publish stands still.
     */
    boolean areFollowed() {
        return followed.getAsBoolean();
    }

    /** From now on the answers for this machine are looked for; those for another one are forgotten. */
    synchronized void begin(String sourceIp) {
        byte[] key = VerificationSerde.key(sourceIp);
        if (!Arrays.equals(machine, key)) {
            awaited.clear();
            dropped.clear();
            machine = key;
        }
    }

    /** Waits for the answer to this digest, and forgets what it had of others of the node. */
    synchronized void await(String nodeName, String agentId, long watermark) {
        AwaitedVerdict present = awaited.get(nodeName);
        if (present == null || !present.isTo(agentId, watermark)) {
            dropped.remove(nodeName);
            awaited.put(nodeName, new AwaitedVerdict(agentId, watermark));
        }
    }

    /** Everything that is waited for is known: the topic may be read. */
    void follow() {
        if (!following) {
            following = true;
            follow.run();
        }
    }

    /** The answer about this node is dealt with. Another database may answer otherwise. */
    synchronized void done(String nodeName) {
        AwaitedVerdict verdict = awaited.get(nodeName);
        if (verdict != null) {
            verdict.clear();
        }
    }

    /** The whole answer about this node, as long as it is there. */
    synchronized Optional<WholeVerdict> of(String nodeName) {
        return Optional.ofNullable(awaited.get(nodeName)).flatMap(AwaitedVerdict::whole);
    }

    /** Whether an answer about this node did not fit, and might now. */
    synchronized boolean isToBeAskedAgain(String nodeName) {
        return dropped.contains(nodeName) && rows() < MOST_ROWS / 2;
    }

    /** Takes a record of the topic, whoever wrote it and whomever it is for. */
    public void take(ConsumerRecord<byte[], byte[]> record) {
        if (!isForThisMachine(record.key())) {
            return;
        }
        try {
            add(VerificationSerde.readVerdict(record.value()));
        } catch (UnreadableRecordException e) {
            if (!saidUnreadable) {
                saidUnreadable = true;
                log.atWarn().setMessage("an answer to a verification cannot be read and is ignored; look who may write"
                        + " to its topic").addKeyValue("topic", record.topic())
                        .addKeyValue("offset", record.offset()).addKeyValue("cause", e.getMessage()).log();
            }
        }
    }

    private synchronized boolean isForThisMachine(byte[] key) {
        return machine.length > 0 && Arrays.equals(key, machine);
    }

    private synchronized void add(NodeVerdict part) {
        AwaitedVerdict verdict = awaited.get(part.nodeName());
        if (verdict == null || dropped.contains(part.nodeName()) || !verdict.isTo(part.agentId(), part.watermark())
                || !Arrays.equals(VerificationSerde.key(part.sourceIp()), machine)) {
            return;
        }
        verdict.add(part);
        if (rows() > MOST_ROWS) {
            verdict.clear();
            dropped.add(part.nodeName());
        }
    }

    private long rows() {
        return awaited.values().stream().mapToLong(AwaitedVerdict::rows).sum();
    }
}

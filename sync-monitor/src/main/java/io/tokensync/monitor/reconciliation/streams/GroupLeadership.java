package io.tokensync.monitor.reconciliation.streams;

import java.time.Duration;
import java.util.List;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.tokensync.common.kafka.KafkaClients;
import io.tokensync.common.kafka.MissingRight;
import io.tokensync.common.time.Sleeper;

/**
 * Of several processes, which one acts: the member of a group that has been assigned the first partition of a topic. Kafka
 * gives the place to another one when it dies. For a moment nobody may lead, or, when a process was frozen, two may think
 * they do: good enough for telling people, not for writing. Nothing is read from the topic.
 */
public final class GroupLeadership implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(GroupLeadership.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(15);

    private final KafkaClients clients;
    private final String group;
    private final TopicPartition first;
    private final Sleeper sleeper;
    private final Thread thread;
    private volatile boolean leads;
    private volatile boolean closing;
    private volatile Consumer<byte[], byte[]> current;

    private GroupLeadership(KafkaClients clients, String group, String topic, Sleeper sleeper) {
        this.clients = clients;
        this.group = group;
        this.first = new TopicPartition(topic, 0);
        this.sleeper = sleeper;
        this.thread = Thread.ofPlatform().daemon().name("leadership").unstarted(this::run);
    }

    /** Joins the group. */
    public static GroupLeadership start(KafkaClients clients, String group, String topic, Sleeper sleeper) {
        GroupLeadership leadership = new GroupLeadership(clients, group, topic, sleeper);
        leadership.thread.start();
        return leadership;
    }

    /** Whether this process leads now. */
    public boolean leads() {
        return leads;
    }

    @Override
    public void close() {
        closing = true;
        Consumer<byte[], byte[]> member = current;
        if (member == null) {
            thread.interrupt();
        } else {
            member.wakeup(); // an interrupt would keep it from leaving the group in order
        }
    }

    private void run() {
        while (!closing) {
            try (Consumer<byte[], byte[]> member = clients.consumer(group, "leader", 1)) {
                current = member;
                member.subscribe(List.of(first.topic()));
                take(member);
            } catch (WakeupException | InterruptException e) {
                // Closed; if not, somebody's mistake, which must not leave the group without a leader for ever.
                if (!closing) {
                    Thread.interrupted();
                    pause(e);
                }
            } catch (RuntimeException e) {
                pause(MissingRight.ofConsumer(e));
            } finally {
                leads = false;
                current = null;
            }
        }
    }

    private void take(Consumer<byte[], byte[]> member) {
        while (!closing) {
            member.poll(POLL);
            member.pause(member.assignment());
            leads = member.assignment().contains(first);
        }
    }

    private void pause(RuntimeException failure) {
        log.atWarn().setMessage("cannot find out who leads, will try again").addKeyValue("group", group)
                .setCause(failure).log();
        try {
            sleeper.sleep(AFTER_FAILURE);
        } catch (InterruptedException _) {
            closing = true;
        }
    }
}

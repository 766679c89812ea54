package io.tokensync.writer.account;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

import io.tokensync.common.kafka.BatchHandler;
import io.tokensync.common.kafka.DeadLetter;
import io.tokensync.common.model.RefusalReason;
import io.tokensync.common.serde.AccountSerde;
import io.tokensync.common.serde.UnreadableRecordException;
import io.tokensync.common.session.Account;
import io.tokensync.common.session.AccountFit;
import io.tokensync.writer.batch.SqlFailure;

/**
 * Writes the accounts of a batch and returns the dead letters of those that cannot be. A key without a value, which ends
 * an account on the topic, leaves its row as it is: the table remembers longer than the topic.
 */
public final class AccountHandler implements BatchHandler {
    private final AccountWriter writer;
    private final SessionExpiry expiry;
    private final DueLooks looks = new DueLooks();
    private final String stage;
    private final String deadLetterTopic;

    /** @param stage the name in dead letters */
    public AccountHandler(AccountWriter writer, SessionExpiry expiry, String stage, String deadLetterTopic) {
        this.writer = writer;
        this.expiry = expiry;
        this.stage = stage;
        this.deadLetterTopic = deadLetterTopic;
    }

    @Override
    public List<ProducerRecord<byte[], byte[]>> handle(List<ConsumerRecord<byte[], byte[]>> records)
            throws SqlFailure, InterruptedException {
        List<Account> accounts = new ArrayList<>();
        List<ProducerRecord<byte[], byte[]>> dead = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (record.value() != null) {
                read(record, accounts, dead);
            }
        }
        AccountBatch batch = looks.of(AccountBatch.of(accounts));
        if (!batch.isEmpty()) {
            writer.write(batch);
            looks.written(batch.agents());
            expiry.look();
        }
        return dead;
    }

    private void read(ConsumerRecord<byte[], byte[]> record, List<Account> accounts,
            List<ProducerRecord<byte[], byte[]>> dead) {
        try {
            Account account = AccountSerde.read(record.value());
            Optional<String> misfit = AccountFit.problem(account);
            if (misfit.isEmpty()) {
                accounts.add(account);
            } else {
                dead.add(letter(RefusalReason.UNREADABLE_RECORD, misfit.get(), record));
            }
        } catch (UnreadableRecordException e) {
            dead.add(letter(RefusalReason.UNREADABLE_RECORD, e.getMessage(), record));
        }
    }

    private ProducerRecord<byte[], byte[]> letter(RefusalReason reason, String detail,
            ConsumerRecord<byte[], byte[]> record) {
        return DeadLetter.of(stage, reason, detail, record).toRecord(deadLetterTopic);
    }
}

package io.tokensync.common.serde;

import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;

import io.tokensync.common.model.Content;
import io.tokensync.common.model.RejectionReason;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.model.VersionBounds;

/**
 * Reads records of rows from a topic, and lets none pass whose key is not that of its row: the key decides about the
 * partition, and with it about the order of a row's records. Nor does it let any pass whose versions lie so far ahead that no
 * later state of the row would win: versions are times, and may be ahead of the broker's by as much as clocks are wrong. The
 * same record gets the same answer whenever it comes again, where the topic has the broker's time on its records.
 */
public final class RecordIntake {
    private final Clock clock;

    /** @param clock for records without the broker's time */
    public RecordIntake(Clock clock) {
        this.clock = clock;
    }

    /**
     * The row in this record.
     *
     * @throws UnreadableRecordException when there is none, or one of another key or of implausible versions, as its reason
     *         says
     */
    public TokenRecord read(ConsumerRecord<byte[], byte[]> record) throws UnreadableRecordException {
        TokenRecord row = TokenRecordSerde.read(record.value());
        if (!Arrays.equals(record.key(), row.key().toRecordKey())) {
            throw new UnreadableRecordException(RejectionReason.KEY_MISMATCH, "the record's key is not the source_ip,"
                    + " node_name and token_id of its value; whoever wrote it is no agent, or one that is broken");
        }
        VersionBounds bounds = VersionBounds.believedAt(brokerTime(record));
        if (row.recordVersion() > bounds.record()) {
            throw implausible("record_version lies more than a day ahead of the broker's time; correct the clock of the"
                    + " agent's machine and remove the agent's state, which goes on with such versions");
        }
        switch (row.content()) {
            case Content.Absent _ -> {
            }
            case Content.Failed failed when failed.version() > bounds.attempt() ->
                throw implausible(
                        "content_version lies more than a day ahead of the broker's time; correct the clock of"
                                + " the enricher's machine");
            case Content.Fetched fetched when fetched.version() > bounds.reading() ->
                throw implausible("content_version is of no way to read content that a release has");
            case Content.Failed _,Content.Fetched _ -> {
            }
        }
        return row;
    }

    private Instant brokerTime(ConsumerRecord<byte[], byte[]> record) {
        return record.timestampType() == TimestampType.LOG_APPEND_TIME
                ? Instant.ofEpochMilli(record.timestamp())
                : clock.instant();
    }

    private static UnreadableRecordException implausible(String detail) {
        return new UnreadableRecordException(RejectionReason.VERSION_IMPLAUSIBLE, detail);
    }
}

package io.tokensync.writer.batch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.tokensync.common.failure.FailureKind;
import io.tokensync.writer.batch.WriteOutcome.Rejected;

/**
 * Divides a batch that the database rejects, or that is too much for it. Poison is halved down to the records at fault,
 * which costs a logarithm of statements for each, and everything else is written. When more than a fifth of a batch of
 * some size looks poisonous, it is not the rows: the schema has drifted, and somebody has to look at it.
 *
 * <p>An error that no table knows may be about one record as well. Then the others are written and that record is waited
 * for, with its coordinates said: it is not dead-lettered, since it may be the database that is at fault, and the configuration
 * can name the error as poison.
 */
public final class PoisonIsolation implements BatchWriter {
    private static final Logger log = LoggerFactory.getLogger(PoisonIsolation.class);
    private static final int SMALLEST_SUSPICIOUS = 50;
    private static final int SUSPICIOUS_DIVISOR = 5;
    /** With so many records under suspicion it is not the records; a batch that fails throughout is not tried row by row. */
    private static final int MOST_SUSPECTS = 3;

    private final BatchWriter writer;
    private final Consumer<SqlFailure> tooMuch;

    /**
     * @param writer writes a batch in one transaction or not at all
     * @param tooMuch notified of each batch that was too much at once; when that is known only after a timeout, the parts may
     *        take long too
     */
    public PoisonIsolation(BatchWriter writer, Consumer<SqlFailure> tooMuch) {
        this.writer = writer;
        this.tooMuch = tooMuch;
    }

    /**
     * Writes the batch, in parts when it must be.
     *
     * @throws SqlFailure any failure that dividing does not help: the whole batch is to be written again
     */
    @Override
    public WriteOutcome write(TokenBatch batch) throws SqlFailure, InterruptedException {
        Division division = new Division(batch.records().size());
        division.write(batch);
        division.waitForSuspects();
        return new WriteOutcome(division.counts, division.rejected);
    }

    /** The work on one batch. */
    private final class Division {
        private final int records;
        private final List<Rejected> rejected = new ArrayList<>();
        private final List<SqlFailure> suspects = new ArrayList<>();
        private final Map<ReceiptKey, BatchCounts> counts = new HashMap<>();

        Division(int records) {
            this.records = records;
        }

        void write(TokenBatch part) throws SqlFailure, InterruptedException {
            try {
                writer.write(part).byOrigin()
                        .forEach((origin, more) -> counts.merge(origin, more, BatchCounts::plus));
            } catch (SqlFailure e) {
                if (e.mayBeOfARow()) {
                    suspect(part, e);
                    return;
                }
                switch (e.kind()) {
                    case POISON -> isolate(part, e);
                    // One record is too much for the database: that is not the record's fault, and it passes.
                    case OVERSIZED -> divideOrWait(part, e);
                    case TRANSIENT, THROTTLED, CONFLICT, ENVIRONMENT, UNKNOWN_OUTCOME, FATAL -> throw e;
                }
            }
        }

        private void suspect(TokenBatch part, SqlFailure failure) throws SqlFailure, InterruptedException {
            if (part.divisible()) {
                divide(part, failure);
                return;
            }
            ConsumerRecord<byte[], byte[]> source = part.records().getFirst().source();
            suspects.add(failure.at("it stops the record at " + source.topic() + "-" + source.partition() + "@"
                    + source.offset() + ", which is waited for" + cure(failure)));
            if (suspects.size() == MOST_SUSPECTS) {
                waitForSuspects();
            }
        }

        void waitForSuspects() throws SqlFailure {
            if (!suspects.isEmpty()) {
                throw suspects.getFirst();
            }
        }

        private static String cure(SqlFailure failure) {
            return failure.number() == 0
                    ? ""
                    : "; if the record is at fault, set writer.errors." + failure.number() + ": poison";
        }

        private void isolate(TokenBatch part, SqlFailure failure) throws SqlFailure, InterruptedException {
            if (part.divisible()) {
                divide(part, failure);
            } else {
                reject(part, failure);
            }
        }

        private void divideOrWait(TokenBatch part, SqlFailure failure) throws SqlFailure, InterruptedException {
            if (!part.divisible()) {
                throw failure.as(FailureKind.TRANSIENT);
            }
            tooMuch.accept(failure);
            divide(part, failure);
        }

        private void divide(TokenBatch part, SqlFailure failure) throws SqlFailure, InterruptedException {
            log.atDebug().setMessage("batch rejected, dividing it").addKeyValue("rows", part.size())
                    .addKeyValue("cause", failure.getMessage()).log();
            for (TokenBatch half : part.halves()) {
                write(half);
            }
        }

        private void reject(TokenBatch part, SqlFailure failure) throws SqlFailure {
            part.records().forEach(received -> rejected.add(new Rejected(received, failure)));
            if (records >= SMALLEST_SUSPICIOUS && rejected.size() * SUSPICIOUS_DIVISOR > records) {
                throw failure.as(FailureKind.ENVIRONMENT);
            }
        }
    }
}

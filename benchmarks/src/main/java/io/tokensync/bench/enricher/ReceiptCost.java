package io.tokensync.bench.enricher;

import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.tokensync.bench.Baseline;
import io.tokensync.bench.Measurement;
import io.tokensync.common.kafka.topics.Topics;
import io.tokensync.common.model.TokenKey;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.receipt.Receipt;
import io.tokensync.common.receipt.ReceiptScope;
import io.tokensync.common.receipt.VersionList;
import io.tokensync.common.receipt.VersionSet;
import io.tokensync.common.serde.ReceiptSerde;
import io.tokensync.common.session.EnrichCounts;
import io.tokensync.embedded.EmbeddedKafka;
import io.tokensync.enricher.codebook.Levels;

/**
 * What receipts cost the stage that does least for each record: the processor time of making them, beside that of the
 * stage with its broker on the same records. Sending one record more for each thousand is part of the stage's own time.
 */
public final class ReceiptCost {
    private static final Tokens TOKENS = new Tokens(Levels.ALL);
    private static final double MOST_PERCENT = 2;
    private static final double PERCENT = 100;
    private static final double MICROS = 1e3;
    private static final int ROUNDS = 20;
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private ReceiptCost() {}

    /** The enricher's, with content at hand. */
    public static Measurement ofEnricher(EmbeddedKafka broker, int records, Clock clock) throws Exception {
        List<TokenRecord> batch = IntStream.range(0, EnricherRun.BATCH_ROWS).mapToObj(ReceiptCost::row).toList();
        EnricherRun run = new EnricherRun(broker, clock);
        var _ = run.enricher(records, ReceiptCost::row, Map.of()); // the first run is also that of the compiler
        double stage = run.enricher(records, ReceiptCost::row, Map.of()).speed().cpuMicros();
        double receipts = makeReceipts(batch, records);
        return Measurement.atMost("receipts of the enricher, content attached", PERCENT * receipts / stage, "%",
                MOST_PERCENT).with(new Baseline("us a record of stage and broker", stage));
    }

    /** Rows of one database, as an agent publishes them one after the other, with gaps where other partitions have theirs. */
    private static TokenRecord row(int number) {
        TokenRecord any = TOKENS.attached(number);
        TokenKey key = new TokenKey(any.key().sourceIp(), "node7", any.key().tokenId());
        return new TokenRecord(key, 1 + number * 2L + ((number * MIX) >>> 63), any.provenance(), any.change(),
                any.content(), any.ipfsBlock());
    }

    /** Microseconds of processor time a record. */
    private static double makeReceipts(List<TokenRecord> batch, int records) {
        double best = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long begin = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            long bytes = 0;
            for (int done = 0; done < records / ROUNDS; done += batch.size()) {
                bytes += receipts(batch);
            }
            double micros = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begin) / MICROS;
            best = bytes == 0 ? best : Math.min(best, micros / Math.max(batch.size(), records / ROUNDS));
        }
        return best;
    }

    private static long receipts(List<TokenRecord> batch) {
        Map<ReceiptScope, VersionList> versions = new HashMap<>();
        for (TokenRecord record : batch) {
            versions.computeIfAbsent(ReceiptScope.of(record), _ -> new VersionList()).add(record.recordVersion());
        }
        long bytes = 0;
        for (Map.Entry<ReceiptScope, VersionList> entry : versions.entrySet()) {
            Receipt receipt = new Receipt.Enriched(entry.getKey(), new EnrichCounts(1, Map.of(), 0, Map.of(), 0),
                    entry.getValue().toSet(), VersionSet.NONE);
            bytes += ReceiptSerde.toRecord(Topics.RECEIPTS, receipt).value().length;
        }
        return bytes;
    }
}

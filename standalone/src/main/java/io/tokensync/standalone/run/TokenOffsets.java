package io.tokensync.standalone.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.tokensync.common.kafka.admin.ConsumerLag;
import io.tokensync.common.kafka.admin.ConsumerLag.PartitionLag;
import io.tokensync.common.kafka.topics.Topics;

/**
 * How far the two groups that move tokens are, as the broker knows it.
 *
 * @param enricher group that reads {@code tokens.scanned}
 * @param writer group that reads {@code tokens.enriched}
 */
record TokenOffsets(ConsumerLag lag, String enricher, String writer) {

    /** A line for each group. */
    List<String> lines() throws InterruptedException {
        return List.of(line("enricher", enricher, Topics.SCANNED), line("writer", writer, Topics.ENRICHED));
    }

    private String line(String stage, String group, String topic) throws InterruptedException {
        List<PartitionLag> partitions = lag.of(group, List.of(topic));
        return String.format(Locale.ROOT, "%s has committed %,d of the %,d offsets of %s", stage,
                partitions.stream().mapToLong(PartitionLag::committed).sum(),
                partitions.stream().mapToLong(PartitionLag::written).sum(), topic);
    }

    /** What of both together waits, and what is done. */
    Backlog.State backlog() throws InterruptedException {
        List<PartitionLag> both = new ArrayList<>(lag.of(enricher, List.of(Topics.SCANNED)));
        both.addAll(lag.of(writer, List.of(Topics.ENRICHED)));
        return new Backlog.State(both.stream().mapToLong(PartitionLag::lag).sum(),
                both.stream().mapToLong(PartitionLag::committed).sum());
    }
}

package io.tokensync.standalone.demo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import io.tokensync.common.kafka.KafkaClients;
import io.tokensync.common.kafka.KafkaSettings;
import io.tokensync.common.kafka.topics.TopicReader;
import io.tokensync.scanner.report.Problem;
import io.tokensync.simulator.truth.Truth;
import io.tokensync.standalone.demo.jdbc.TableVerdict;

/** The proof of a demo run: the table, the rejections and the unreadable files against the truth. */
public record DemoReport(TableVerdict table, RejectionVerdict rejections, UnreadableVerdict unreadable) {

    /**
     * Compares what a run has left with the truth of its nodes.
     *
     * @param table the comparison of the table
     * @param nodes the directory of the nodes
     * @param problems what the run's agents have reported
     */
    public static DemoReport of(TableVerdict table, Truth truth, Path nodes, KafkaSettings kafka,
            List<Problem> problems) {
        return new DemoReport(table, RejectionVerdict.of(truth, new TopicReader(new KafkaClients(kafka))),
                UnreadableVerdict.of(truth, nodes, problems));
    }

    /** Whether the table, the rejections and the problems are what the truth says. */
    public boolean holds() {
        return table.holds() && rejections.holds() && unreadable.holds();
    }

    /** The proof, for a person. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        long read = table.expected() + rejections.expected();
        lines.add(String.format(Locale.ROOT, "truth      %,d rows = %,d to be written + %,d to be rejected", read,
                table.expected(), rejections.expected()));
        lines.add(String.format(Locale.ROOT,
                "written    %,d rows equal the truth in every field; %,d missing, %,d different, %,d too many",
                table.matching(), table.missing(), table.differing(), table.unexpected()));
        lines.add(String.format(Locale.ROOT, "rejected   %,d dead letters: %s", rejections.found(), reasons()));
        lines.add(String.format(Locale.ROOT, "unreadable %,d files, all reported: %s", unreadable.expected(),
                unreadable.holds() ? "yes" : "NO"));
        table.examples().forEach(example -> lines.add("  " + example));
        rejections.differences().forEach((what, counts) -> lines.add("  rejected " + what + ": " + counts));
        unreadable.unreported().forEach(path -> lines.add("  not reported: " + path));
        unreadable.unexpected().forEach(path -> lines.add("  reported, though it can be read: " + path));
        lines.add(holds() ? "the table is the truth" : "THE TABLE IS NOT THE TRUTH");
        return lines;
    }

    private String reasons() {
        Map<String, Long> byReason = rejections.byReason();
        return byReason.entrySet().stream().map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
    }
}

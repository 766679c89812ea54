package io.tokensync.chaos.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import tools.jackson.databind.json.JsonMapper;

import io.tokensync.chaos.process.Child;
import io.tokensync.chaos.process.VitalsLog;
import io.tokensync.chaos.schedule.FaultKind;
import io.tokensync.standalone.demo.jdbc.TableVerdict;

/**
 * What a run has found.
 *
 * @param seed of the schedule
 * @param length how long faults happened
 * @param edits changes of the nodes
 * @param table how the table compares with the truth
 * @param records of the writers' topic whose offsets were compared with the table
 * @param outcomes of the faults, in their order
 * @param skipped kinds that this machine does not allow, with the reason
 * @param peaks what processes took at most
 * @param broken what does not hold, one sentence each; empty when the run is good
 */
public record ChaosReport(long seed, Duration length, long edits, TableVerdict table, long records,
        List<Outcome> outcomes, Map<FaultKind, String> skipped, Map<Child.Role, VitalsLog.Peak> peaks,
        List<String> broken) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final double MILLIS = 1_000;

    /** For people. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, "chaos seed %d, %d min, %,d changes of the nodes", seed,
                length.toMinutes(), edits));
        lines.add(String.format(Locale.ROOT, "%-24s %5s %8s %9s %9s", "fault", "tried", "survived", "median s",
                "worst s"));
        for (KindSummary kind : KindSummary.of(outcomes)) {
            lines.add(String.format(Locale.ROOT, "%-24s %5d %8d %9s %9s", kind.kind().name().toLowerCase(Locale.ROOT),
                    kind.tried(), kind.survived(), seconds(kind.median()), seconds(kind.worst())));
        }
        lines.add(String.format(Locale.ROOT, "%-24s %5d %8d %9s %9s", "all", outcomes.size(),
                outcomes.stream().filter(Outcome::isSurvived).count(), seconds(median()),
                seconds(KindSummary.worst(outcomes))));
        skipped.forEach((kind, why) -> lines.add("SKIPPED " + kind.name().toLowerCase(Locale.ROOT) + ": " + why));
        peaks.forEach((role, peak) -> lines.add(String.format(Locale.ROOT,
                "peak of a process %-8s %,6d MiB resident, %,5d threads, %,5d descriptors",
                role.name().toLowerCase(Locale.ROOT), peak.residentMiB(), peak.threads(), peak.descriptors())));
        lines.add(String.format(Locale.ROOT, "%,d of %,d rows equal the truth; %,d committed records were looked up",
                table.matching(), table.expected(), records));
        broken.forEach(each -> lines.add("BROKEN " + each));
        lines.add(broken.isEmpty() ? "everything holds" : "NOT EVERYTHING HOLDS");
        return lines;
    }

    /** For machines. */
    public String json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("seed", seed);
        json.put("minutes", length.toMinutes());
        json.put("edits", edits);
        json.put("rows", table.expected());
        json.put("rows_equal", table.matching());
        json.put("committed_records_checked", records);
        json.put("kinds", KindSummary.of(outcomes).stream().map(ChaosReport::json).toList());
        json.put("faults", outcomes.stream().map(ChaosReport::json).toList());
        json.put("skipped", new TreeMap<>(skipped));
        json.put("peaks", peaks);
        json.put("broken", broken);
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json);
    }

    private Optional<Duration> median() {
        return KindSummary.median(outcomes.stream().filter(Outcome::alone)
                .flatMap(outcome -> outcome.recovery().stream()).toList());
    }

    private static Map<String, Object> json(KindSummary kind) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", kind.kind());
        json.put("what", kind.kind().description());
        json.put("tried", kind.tried());
        json.put("survived", kind.survived());
        kind.median().ifPresent(median -> json.put("median_recovery_ms", median.toMillis()));
        kind.worst().ifPresent(worst -> json.put("worst_recovery_ms", worst.toMillis()));
        return json;
    }

    private static Map<String, Object> json(Outcome outcome) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("at", outcome.at().toString());
        json.put("kind", outcome.kind());
        json.put("subject", outcome.subject());
        json.put("length_ms", outcome.length().toMillis());
        json.put("alone", outcome.alone());
        outcome.recovery().ifPresent(recovery -> json.put("recovery_ms", recovery.toMillis()));
        outcome.trouble().ifPresent(trouble -> json.put("trouble", trouble));
        return json;
    }

    private static String seconds(Optional<Duration> duration) {
        return duration.map(value -> String.format(Locale.ROOT, "%.1f", value.toMillis() / MILLIS)).orElse("-");
    }
}

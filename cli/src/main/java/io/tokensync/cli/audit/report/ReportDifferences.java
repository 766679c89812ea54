package io.tokensync.cli.audit.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a table gives now that it did not give then, or does not answer, a line for each section. */
public final class ReportDifferences {
    /** What goes on by itself while nothing changes. */
    private static final Set<String> PASSING = Set.of("hours_silent", "hours_unchanged", "last_heard_at");
    private static final int EXAMPLES = 3;

    private ReportDifferences() {}

    /** The lines; none when both say the same. */
    public static List<String> between(AuditReport then, AuditReport now) {
        Set<String> codes = new LinkedHashSet<>();
        then.sections().forEach(section -> codes.add(section.code()));
        now.sections().forEach(section -> codes.add(section.code()));
        List<String> lines = new ArrayList<>();
        for (String code : codes) {
            line(code, then.section(code), now.section(code)).ifPresent(lines::add);
        }
        return lines;
    }

    private static Optional<String> line(String code, Optional<Section> then, Optional<Section> now) {
        if (then.isEmpty() || now.isEmpty()) {
            return Optional.of(code + ": " + (then.isEmpty() ? "was not asked for then" : "is not asked for now"));
        }
        if (then.get().noAnswer().isPresent() || now.get().noAnswer().isPresent()) {
            // without an answer nothing is equal to anything, to another one neither
            return Optional.of(code + ": " + then.get().found() + " then, " + now.get().found() + " now");
        }
        List<String> before = lasting(then.get());
        List<String> after = lasting(now.get());
        List<String> gone = without(before, after);
        List<String> added = without(after, before);
        boolean same = gone.isEmpty() && added.isEmpty() && then.get().rowsFound() == now.get().rowsFound();
        return same
                ? Optional.empty()
                : Optional.of(code + ": " + then.get().rowsFound() + " rows then, " + now.get().rowsFound() + " now"
                        + examples(", then: ", gone) + examples(", now: ", added));
    }

    private static List<String> without(List<String> rows, List<String> others) {
        Set<String> known = Set.copyOf(others);
        return rows.stream().filter(row -> !known.contains(row)).toList();
    }

    private static String examples(String when, List<String> rows) {
        return rows.isEmpty()
                ? ""
                : when + rows.stream().limit(EXAMPLES).collect(Collectors.joining(" "))
                        + (rows.size() > EXAMPLES ? " and " + (rows.size() - EXAMPLES) + " more" : "");
    }

    private static List<String> lasting(Section section) {
        List<Integer> kept = IntStream.range(0, section.columns().size()).boxed()
                .filter(column -> !PASSING.contains(section.columns().get(column))).toList();
        return section.rows().stream().map(row -> kept.stream()
                .map(column -> section.columns().get(column) + "=" + row.get(column))
                .collect(Collectors.joining(", ", "[", "]"))).toList();
    }
}

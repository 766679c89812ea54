package io.tokensync.cli.verify;

import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.tokensync.cli.terminal.Printable;
import io.tokensync.cli.verify.RowDifference.Kind;
import io.tokensync.cli.verify.jdbc.LatestVerification;
import io.tokensync.common.verification.BucketSums;

/** A comparison for people, with the first of the rows that differ. */
final class ComparisonText implements ComparisonOutput {
    /** Of a row that only one side has, what tells most. */
    private static final Set<String> TELLING = Set.of("did", "status_name", "token_value", "token_kind");
    private static final int KIND_WIDTH = 17;

    private final PrintStream out;
    private final int limit;
    private final List<RowDifference> first = new ArrayList<>();

    /** @param limit most rows that are shown; 0 when they are shown elsewhere */
    ComparisonText(PrintStream out, int limit) {
        this.out = out;
        this.limit = limit;
    }

    @Override
    public void begin(Compared compared) {
        line(compared.copy().digest().describe());
        line(String.format(Locale.ROOT, "%s in %s: %,d rows, digest %s", compared.nodeText(), compared.place(),
                compared.table().rows(), compared.table().digest()));
    }

    @Override
    public void add(RowDifference difference) {
        if (first.size() < limit) {
            first.add(difference);
        }
    }

    @Override
    public void end(Compared compared, Map<Kind, Long> counts) {
        if (compared.isEqual()) {
            line("equal: the table has exactly the rows of this copy");
        } else {
            differing(compared, counts);
        }
        line(verification(compared));
        if (!compared.isEqual()) {
            advice(compared).forEach(this::line);
        }
    }

    private void differing(Compared compared, Map<Kind, Long> counts) {
        line(String.format(Locale.ROOT, "different: %,d of %,d buckets; %s", compared.differing().cardinality(),
                BucketSums.FINEST, counts(counts)));
        first.forEach(difference -> line("  " + describe(difference)));
        long all = counts.values().stream().mapToLong(Long::longValue).sum();
        if (limit > 0 && all > first.size()) {
            line(String.format(Locale.ROOT,
                    "  (%,d of %,d rows; more with --limit ROWS, all with --format csv or --json)",
                    first.size(), all));
        }
        if (all == 0) {
            line("  no row differs any more: something has changed while it was read; run the command once more");
        }
    }

    /** "1 row only on the node, none only in the table, 3 different". */
    static String counts(Map<Kind, Long> counts) {
        return counts.entrySet().stream()
                .map(count -> (count.getValue() == 0 ? "none" : String.format(Locale.ROOT, "%,d", count.getValue()))
                        + " " + count.getKey().words())
                .collect(Collectors.joining(", ", "rows: ", ""));
    }

    private static String describe(RowDifference it) {
        boolean both = it.kind() == Kind.DIFFERENT;
        String fields = it.fields().stream().filter(field -> both || TELLING.contains(field.name()))
                .map(field -> both
                        ? field.name() + ": " + shown(field.one()) + " on the node, " + shown(field.other())
                                + " in the table"
                        : field.name() + " " + (field.one() == null ? field.other() : field.one()))
                .collect(Collectors.joining(both ? "; " : ", "));
        String gone = it.deletedAt() == null ? "" : "; gone from the node since " + it.deletedAt() + " by the table";
        return (it.kind().words() + " ".repeat(KIND_WIDTH)).substring(0, KIND_WIDTH) + "  " + it.tokenId() + "  "
                + fields + gone;
    }

    private static String shown(String value) {
        return value == null ? "nothing" : value;
    }

    private static String verification(Compared compared) {
        if (!compared.keepsVerifications()) {
            return "verifications: the table has none, or this login may not read vw_NodeVerification";
        }
        return compared.verification().map(latest -> verification(compared, latest))
                .orElse("verifications: none of this node yet");
    }

    private static String verification(Compared compared, LatestVerification it) {
        return String.format(Locale.ROOT, "last verification: %s as of %s, node %,d rows, table %,d; %s%s",
                it.outcome(), seconds(it.asOf()), it.nodeRows(), it.tableRows(),
                compared.isVerified(it)
                        ? "its digest is that of this copy"
                        : "its digest is not that of this copy: " + it.nodeDigest(),
                it.outcome().equals("equal") || it.lastEqualAsOf() == null
                        ? ""
                        : "; last equal as of " + seconds(it.lastEqualAsOf()));
    }

    private static Instant seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }

    /** What to know of a difference, and what to do about it. */
    static List<String> advice(Compared compared) {
        List<String> advice = new ArrayList<>();
        if (!compared.copy().digest().unreadable().isEmpty()) {
            advice.add("rows of " + String.join(", ", compared.copy().digest().unreadable())
                    + ", which cannot be read in this copy, count as only in the table");
        }
        advice.add(
                "What is published and not yet in the table differs too, and so does what the node has changed since it "
                        + "was copied. To know for sure: ./tokensync verify --config scanner.yaml --node "
                        + compared.node().nodeName()
                        + " --wait on the machine of the node's agent, which waits for all of it;"
                        + " or this command again, with a newer copy.");
        return advice;
    }

    private void line(String text) {
        out.println(Printable.line(text));
    }
}

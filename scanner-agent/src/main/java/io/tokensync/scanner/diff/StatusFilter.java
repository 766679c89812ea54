package io.tokensync.scanner.diff;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.tokensync.common.config.NearestName;
import io.tokensync.common.model.TokenStatus;
import io.tokensync.scanner.source.RawRow;
import io.tokensync.scanner.source.TokenColumn;

/**
 * Which rows are taken up. A row that has once been published is followed whatever its status becomes, so that the table
 * never shows a status that is over; only rows that were never published are left out. Contracts of nodes before v1 have
 * codes of their own and are always taken up, and so is a row without a status that is a number. Nothing wanted is all.
 *
 * @param codes that are taken up, whatever they mean to the node
 * @param statuses that are taken up, whatever the node's code for them is
 */
public record StatusFilter(Set<Long> codes, Set<TokenStatus> statuses) {
    /** Takes up every row. */
    public static final StatusFilter ALL = new StatusFilter(Set.of(), Set.of());

    private static final Pattern CODE = Pattern.compile("-?[0-9]{1,18}");
    private static final Pattern BLANKS = Pattern.compile("[\\s_-]+");

    public StatusFilter {
        codes = Set.copyOf(codes);
        statuses = Set.copyOf(statuses);
    }

    /**
     * Of the codes and names that somebody wrote: {@code 0}, {@code pledged}, {@code burnt-for-ft}.
     *
     * @throws IllegalArgumentException when one is no status
     */
    public static StatusFilter of(List<String> wanted) {
        Set<Long> codes = new HashSet<>();
        Set<TokenStatus> statuses = EnumSet.noneOf(TokenStatus.class);
        for (String text : wanted) {
            if (CODE.matcher(text.strip()).matches()) {
                codes.add(Long.valueOf(text.strip()));
            } else {
                statuses.add(status(text));
            }
        }
        return new StatusFilter(codes, statuses);
    }

    private static TokenStatus status(String text) {
        String name = BLANKS.matcher(text.strip().toLowerCase(Locale.ROOT)).replaceAll(" ");
        return Arrays.stream(TokenStatus.values()).filter(status -> status.text().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException(unknown(text, name)));
    }

    private static String unknown(String text, String name) {
        List<String> names = Arrays.stream(TokenStatus.values()).map(TokenStatus::text).toList();
        Optional<String> meant = NearestName.to(name, names);
        return "'" + text + "' is no status" + meant.map(near -> "; did you mean " + near + "?")
                .orElseGet(() -> "; use a node's number, or one of " + String.join(", ", names));
    }

    /** Whether every row is taken up. */
    public boolean isAll() {
        return codes.isEmpty() && statuses.isEmpty();
    }

    /** What is wanted, always in the same order, to be compared. */
    public String text() {
        Set<String> names = statuses.stream().map(TokenStatus::text).collect(Collectors.toCollection(TreeSet::new));
        return new TreeSet<>(codes) + (names.isEmpty() ? "" : " " + names);
    }

    /** Whether this row, never published, is left out. */
    boolean leavesOut(RawRow row) {
        return !isAll() && !row.table().holdsContracts()
                && row.value(TokenColumn.TOKEN_STATUS) instanceof Number status
                && !(status instanceof Double) && !codes.contains(status.longValue()) && !isNamed(row);
    }

    /** Whether the status is wanted by the name that it has on this node. */
    private boolean isNamed(RawRow row) {
        String name = statuses.isEmpty() ? null : StoredValue.statusName(row);
        return name != null && statuses.stream().anyMatch(status -> status.text().equals(name));
    }
}

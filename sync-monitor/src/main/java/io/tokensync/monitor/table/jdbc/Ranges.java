package io.tokensync.monitor.table.jdbc;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.tokensync.common.model.TokenKind;
import io.tokensync.monitor.table.Presence;
import io.tokensync.monitor.table.Search;
import io.tokensync.monitor.table.Validity;

/** Which ranges of which index a search reads, one after the other. */
final class Ranges {
    private static final String UNKNOWN = "unknown";
    private static final int MOST_STATUSES = 100;

    private Ranges() {}

    /**
     * One range.
     *
     * @param part names it among those of its search, which are in the order of their names
     * @param values of the columns that it gives a value; an empty one for NULL
     */
    record Range(AccessPath path, String part, List<Optional<String>> values) {
        private static Range whole(AccessPath path) {
            return new Range(path, "", List.of());
        }

        private static Range of(AccessPath path, String... values) {
            return new Range(path, String.join("|", values), Arrays.stream(values).map(Optional::of).toList());
        }
    }

    /**
     * The ranges, the one that is likely to have the fewest rows.
     *
     * @throws IllegalArgumentException when no condition has an index
     */
    static List<Range> of(Search search, Reader reader) throws SQLException {
        boolean listed = search.presence() == Presence.LISTED;
        Validity validity = search.validity();
        if (!search.tokens().isEmpty()) {
            return sorted(search.tokens().stream().distinct().map(token -> Range.of(AccessPath.TOKEN, token)));
        }
        if (!search.nodes().isEmpty()) {
            return sorted(search.nodes().stream().distinct()
                    .map(node -> Range.of(AccessPath.NODE, node.sourceIp(), node.nodeName())));
        }
        if (search.prefix().isPresent()) {
            return List.of(Range.whole(AccessPath.PREFIX));
        }
        if (search.did().isPresent()) {
            return List.of(Range.of(AccessPath.DID, search.did().get()));
        }
        if (validity == Validity.ERRORS) {
            return List.of(Range.whole(AccessPath.INVALID));
        }
        if (listed && (validity == Validity.WITHOUT_CONTENT || validity == Validity.MISMATCH)) {
            return List.of(Range.whole(AccessPath.WITHOUT_CONTENT));
        }
        if (listed && (search.what().kind().isPresent() || search.what().status().isPresent())) {
            return kindsAndStatuses(search.what(), reader);
        }
        throw new IllegalArgumentException(Search.NO_INDEX);
    }

    private static List<Range> kindsAndStatuses(Search.What what, Reader reader) throws SQLException {
        if (what.status().isEmpty()) {
            String kind = what.kind().orElseThrow();
            List<Range> ranges = new ArrayList<>();
            for (String status : statuses(kind, reader)) {
                ranges.add(kindAndStatus(Optional.of(kind), status));
            }
            return sorted(ranges.stream());
        }
        Stream<Optional<String>> kinds = what.kind().isPresent()
                ? Stream.of(what.kind())
                : Stream.concat(Arrays.stream(TokenKind.values()).map(kind -> Optional.of(kind.code())),
                        Stream.of(Optional.empty()));
        return sorted(kinds.map(kind -> kindAndStatus(kind, what.status().get())));
    }

    private static Range kindAndStatus(Optional<String> kind, String status) {
        return new Range(AccessPath.KIND_STATUS, kind.orElse(UNKNOWN) + "|" + status,
                List.of(kind, Optional.of(status).filter(name -> !name.equals(UNKNOWN))));
    }

    /** The statuses that there are of a kind, each found behind the one before: as many steps as statuses. */
    private static List<String> statuses(String kind, Reader reader) throws SQLException {
        List<String> statuses = new ArrayList<>(List.of(UNKNOWN));
        String last = "";
        while (statuses.size() < MOST_STATUSES) {
            String next = (String) reader.rows("SELECT MIN(status_name) AS status_name FROM "
                    + AccessPath.KIND_STATUS.table(reader.dialect(), "t")
                    + " WHERE token_kind = ? AND deleted_version = 0 AND status_name > ?", List.of(kind, last))
                    .getFirst().get("status_name");
            if (next == null) {
                return statuses;
            }
            statuses.add(next);
            last = next;
        }
        return statuses;
    }

    private static List<Range> sorted(Stream<Range> ranges) {
        return ranges.sorted(Comparator.comparing(Range::part)).toList();
    }
}

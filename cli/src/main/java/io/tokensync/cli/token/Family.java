package io.tokensync.cli.token;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.tokensync.cli.token.jdbc.TokenException;
import io.tokensync.cli.token.jdbc.TokenSource;
import io.tokensync.cli.token.jdbc.TokenTable;

/**
 * Parents and parts of a token, as far as they are shown: so many generations in each direction, so many parts of each token, and so
 * many tokens in all. What nodes say of parents may go in circles: no token is shown twice.
 */
final class Family {
    private static final int GENERATIONS = 6;
    private static final int PARTS_SHOWN = 20;
    private static final int MOST_TOKENS = 200;

    private final TokenSource source;
    private final Set<String> shown = new HashSet<>();

    Family(TokenSource source) {
        this.source = source;
    }

    /** The token's ancestors, the farthest first. */
    List<FamilyMember> ancestors(String token) throws TokenException {
        List<FamilyMember> ancestors = new ArrayList<>();
        Set<String> seen = new HashSet<>(Set.of(token));
        List<String> generation = List.of(token);
        for (int i = 0; i < GENERATIONS && !generation.isEmpty(); i++) {
            Set<String> parents = new LinkedHashSet<>();
            for (String child : generation) {
                parents.addAll(source.parents(child));
            }
            parents.removeIf(parent -> !seen.add(parent));
            for (String parent : parents) {
                ancestors.addFirst(member(parent, source.holders(parent), List.of(), false));
            }
            generation = List.copyOf(parents);
        }
        return ancestors;
    }

    /** The token with its parts, and theirs. */
    FamilyMember descendants(String token, TokenTable holders) throws TokenException {
        shown.add(token);
        return descendants(token, holders, 0);
    }

    private FamilyMember descendants(String token, TokenTable holders, int generation) throws TokenException {
        Map<String, List<List<String>>> parts = new LinkedHashMap<>();
        TokenTable found = source.parts(token);
        found.rows().forEach(
                row -> parts.computeIfAbsent(found.value(row, "token_id"), _ -> new ArrayList<>()).add(row));
        List<FamilyMember> members = new ArrayList<>();
        boolean more = found.more();
        for (Map.Entry<String, List<List<String>>> part : parts.entrySet()) {
            boolean room = members.size() < PARTS_SHOWN && shown.size() < MOST_TOKENS && generation < GENERATIONS;
            if (room && shown.add(part.getKey())) {
                TokenTable rows = new TokenTable(found.columns(), part.getValue(), false);
                members.add(descendants(part.getKey(), rows, generation + 1));
            } else {
                more |= !room;
            }
        }
        return member(token, holders, members, more);
    }

    private static FamilyMember member(String token, TokenTable holders, List<FamilyMember> parts, boolean more) {
        return new FamilyMember(token, first(holders, "kind_name"), first(holders, "token_value"),
                holders.rows().stream().map(row -> holder(holders, row)).toList(), parts, more);
    }

    private static String first(TokenTable table, String column) {
        return table.rows().stream().flatMap(row -> Stream.ofNullable(table.value(row, column))).findFirst()
                .orElse(null);
    }

    private static String holder(TokenTable table, List<String> row) {
        return ("1".equals(table.value(row, "is_deleted")) ? "gone from " : table.value(row, "status_name") + " on ")
                + table.value(row, "node_name") + " (" + table.value(row, "source_ip") + ")";
    }
}

package io.tokensync.cli.token;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.tokensync.cli.token.jdbc.TokenSource;
import io.tokensync.cli.token.jdbc.TokenTable;

import static org.assertj.core.api.Assertions.assertThat;

class FamilyTest {
    private static final List<String> COLUMNS = List.of("token_id", "source_ip", "node_name", "status_name",
            "kind_name",
            "token_value", "is_deleted");

    private final Map<String, List<String>> parts = new HashMap<>();

    @Test
    void aPartThatTwoNodesListIsOne() throws Exception {
        parts.put("p", List.of("a", "a", "b"));
        FamilyMember family = family("p");
        assertThat(family.parts()).extracting(FamilyMember::tokenId).containsExactly("a", "b");
        assertThat(family.parts().getFirst().holders()).hasSize(2);
        assertThat(family.moreParts()).isFalse();
    }

    @Test
    void aCircleEnds() throws Exception {
        parts.put("a", List.of("b"));
        parts.put("b", List.of("c"));
        parts.put("c", List.of("a", "b"));
        FamilyMember family = family("a");
        assertThat(family.parts().getFirst().parts().getFirst().parts()).isEmpty();
        assertThat(new Family(new Given()).ancestors("a")).extracting(FamilyMember::tokenId).containsExactly("b", "c");
    }

    @Test
    void manyPartsAreShownInPart() throws Exception {
        parts.put("p", IntStream.range(0, 50).mapToObj(i -> "part" + i).toList());
        FamilyMember family = family("p");
        assertThat(family.parts()).hasSize(20);
        assertThat(family.moreParts()).isTrue();
    }

    @Test
    void aDeepAndWideFamilyHasAnEnd() throws Exception {
        for (int generation = 0; generation < 8; generation++) {
            int of = generation;
            for (int i = 0; i < 3; i++) {
                parts.put(name(generation, i),
                        IntStream.range(0, 15).mapToObj(part -> name(of + 1, part)).toList());
            }
        }
        FamilyMember family = family(name(0, 0));
        assertThat(count(family)).isLessThanOrEqualTo(200);
        assertThat(depth(family)).isLessThanOrEqualTo(7);
    }

    private static String name(int generation, int number) {
        return "g" + generation + "-" + number;
    }

    private static int count(FamilyMember member) {
        return 1 + member.parts().stream().mapToInt(FamilyTest::count).sum();
    }

    private static int depth(FamilyMember member) {
        return 1 + member.parts().stream().mapToInt(FamilyTest::depth).max().orElse(0);
    }

    private FamilyMember family(String token) throws Exception {
        Given source = new Given();
        return new Family(source).descendants(token, source.holders(token));
    }

    /** Answers from the map. */
    private final class Given implements TokenSource {
        @Override
        public TokenTable holders(String token) {
            return table(List.of(token));
        }

        @Override
        public TokenTable versions(String token) {
            return table(List.of());
        }

        @Override
        public TokenTable content(String token) {
            return table(List.of());
        }

        @Override
        public TokenTable parts(String token) {
            return table(parts.getOrDefault(token, List.of()));
        }

        @Override
        public List<String> parents(String token) {
            return parts.entrySet().stream().filter(entry -> entry.getValue().contains(token)).map(Map.Entry::getKey)
                    .sorted().toList();
        }

        @Override
        public Optional<TokenTable> verifications(String token) {
            return Optional.empty();
        }

        private TokenTable table(List<String> tokens) {
            List<List<String>> rows = new ArrayList<>();
            tokens.forEach(token -> rows.add(List.of(token, "i", "n", "free", "part of an RBT", "0.1", "0")));
            return new TokenTable(COLUMNS, rows, false);
        }
    }
}

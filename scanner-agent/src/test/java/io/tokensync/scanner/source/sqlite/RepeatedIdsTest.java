package io.tokensync.scanner.source.sqlite;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.tokensync.scanner.fixture.TestNode;
import io.tokensync.scanner.source.DatabaseProblemException;
import io.tokensync.scanner.source.RawRow;
import io.tokensync.scanner.source.TokenTable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Ids that several rows have, in one table or in two. */
class RepeatedIdsTest {
    @TempDir
    Path root;

    @Test
    void idsOfEarlierTablesAreToldOfAndThoseThatRepeatWhereNoIndexTells() throws Exception {
        try (TestNode node = TestNode.create(root, "n")) {
            node.script("CREATE TABLE NFTTokensTable (token_id text PRIMARY KEY, did text)",
                    "INSERT INTO NFTTokensTable VALUES ('a', 'x'), ('b', 'x')");
            node.tokenWithId("a", 0).tokenWithId("c", 0);
            assertThat(TokenReaderTest.read(node.file(), 10)).filteredOn(RawRow::isIdInEarlierTable).singleElement()
                    .satisfies(row -> assertThat(row.id() + row.table()).isEqualTo("a" + TokenTable.NFT));
            try (TokenReader reader = TokenReaderTest.open(node.file(), 10)) {
                assertThat(reader.repeatedIds()).isEmpty();
            }
            node.script("CREATE TABLE DataTokensTable (token_id)",
                    "INSERT INTO DataTokensTable VALUES ('b'), ('d'), ('d'), ('e'), (7), (7), (NULL), (NULL)");
            try (TokenReader reader = TokenReaderTest.open(node.file(), 10)) {
                assertThat(reader.repeatedIds()).containsExactlyInAnyOrder("a", "b", "d");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 100})
    void repeatedIdsAreFoundWhateverThePage(int page) throws Exception {
        try (TestNode node = TestNode.bare(root, "n")) {
            node.script("CREATE TABLE TokensTable (token_id)",
                    "INSERT INTO TokensTable (rowid, token_id) VALUES (-9223372036854775808, 'first'), (-3, 'a'), (0, NULL),"
                            + " (1, x'61'), (2, 'b'), (3, 'A'), (4, 'a'), (9223372036854775807, 'first')");
            try (TokenReader reader = TokenReaderTest.open(node.file(), page)) {
                assertThat(reader.repeatedIds()).containsExactlyInAnyOrder("a", "first");
            }
        }
    }

    @Test
    void moreRepeatedIdsThanMemoryHoldsAreAProblem() throws Exception {
        try (TestNode node = TestNode.bare(root, "n")) {
            node.script("CREATE TABLE TokensTable (token_id)",
                    "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 2 * " + RepeatedIds.MOST
                            + " - 1) INSERT INTO TokensTable SELECT CAST(i / 2 AS TEXT) FROM n");
            try (TokenReader reader = TokenReaderTest.open(node.file(), 1_000)) {
                assertThat(reader.repeatedIds()).hasSize(RepeatedIds.MOST);
            }
            node.script("INSERT INTO TokensTable VALUES ('one more'), ('one more')");
            try (TokenReader reader = TokenReaderTest.open(node.file(), 1_000)) {
                assertThatThrownBy(reader::repeatedIds).isInstanceOfSatisfying(DatabaseProblemException.class,
                        e -> assertThat(e.problem().kind().code()).isEqualTo("too_many_repeated_ids"));
            }
        }
    }
}

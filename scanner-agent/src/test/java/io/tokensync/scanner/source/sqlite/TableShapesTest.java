package io.tokensync.scanner.source.sqlite;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.tokensync.scanner.fixture.TestNode;
import io.tokensync.scanner.source.DatabaseProblemException;
import io.tokensync.scanner.source.RawRow;
import io.tokensync.scanner.source.TokenColumn;
import io.tokensync.scanner.source.TokenTable;
import io.tokensync.scanner.source.sqlite.file.ReadingConfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Tables that are made otherwise than a node makes them: each is read around, or named, and none is taken for empty. */
class TableShapesTest {
    @TempDir
    Path root;

    @Test
    void aTableWithoutUniqueIndexIsReadAndRemarked() throws Exception {
        try (TestNode node = TestNode.bare(root, "n")) {
            node.script("CREATE TABLE TokensTable (token_id, did)",
                    "INSERT INTO TokensTable VALUES ('b', 1), ('a', 2), ('b', 3), ('b', 4), (5, 5), (1.5, 6), (NULL, 7)");
            try (TokenReader reader = TokenReaderTest.open(node.file(), 2)) {
                assertThat(reader.remarks()).singleElement()
                        .satisfies(problem -> assertThat(problem.kind().code()).isEqualTo("no_unique_index"));
            }
            assertThat(TokenReaderTest.read(node.file(), 2)).extracting(RawRow::rowid).containsExactly(1L, 2L, 3L, 4L,
                    5L, 6L,
                    7L);
        }
    }

    @Test
    void namesOfColumnsAndTablesAreFoundInAnyCase() throws Exception {
        try (TestNode node = TestNode.bare(root, "n")) {
            node.script("CREATE TABLE tokenstable (Token_ID text PRIMARY KEY, DID text, \"rowid x\" text)",
                    "INSERT INTO tokenstable VALUES ('a', 'b', 'c')");
            assertThat(TokenReaderTest.read(node.file(), 10)).singleElement()
                    .satisfies(row -> assertThat(row.value(TokenColumn.DID)).isEqualTo("b"));
        }
    }

    @Test
    void aTableWithoutRowidsIsSaidToBeUnknownAndNeverRead() throws Exception {
        try (TestNode node = TestNode.create(root, "n").token("a", 0)) {
            node.script("CREATE TABLE NFTTokensTable (token_id text PRIMARY KEY, did text) WITHOUT ROWID",
                    "INSERT INTO NFTTokensTable VALUES ('b', 'x')");
            try (TokenReader reader = TokenReaderTest.open(node.file(), 10)) {
                assertThat(reader.remarks()).singleElement().satisfies(problem -> assertThat(problem.describe())
                        .contains(node.file().toString(), "NFTTokensTable is WITHOUT ROWID", "maintainers"));
                assertThat(reader.leftOut()).containsExactly(TokenTable.NFT);
            }
            assertThat(TokenReaderTest.read(node.file(), 10)).hasSize(1);
        }
        try (TestNode node = TestNode.bare(root, "other")) {
            node.script("CREATE TABLE TokensTable (token_id text PRIMARY KEY) WITHOUT ROWID");
            assertThatThrownBy(() -> TokenReaderTest.open(node.file(), 10)).isInstanceOfSatisfying(
                    DatabaseProblemException.class,
                    e -> assertThat(e.problem().kind().code()).isEqualTo("no_rowid"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rowid text", "rowid text, _rowid_ text", "oid integer, ROWID integer"})
    void aColumnThatHidesTheRowidIsReadAround(String hiding) throws Exception {
        try (TestNode node = TestNode.bare(root, "n")) {
            node.script("CREATE TABLE TokensTable (token_id text PRIMARY KEY, did text, " + hiding + ")",
                    "INSERT INTO TokensTable (token_id) VALUES ('a'), ('b'), ('c'), ('d'), ('e')");
            assertThat(TokenReaderTest.read(node.file(), 2)).extracting(RawRow::id).containsExactly("a", "b", "c", "d",
                    "e");
            assertThat(TokenReaderTest.opener(ReadingConfig.DEFAULT, _ -> {}).estimatedRows(node.file())).isEqualTo(5);
            try (TokenReader reader = TokenReaderTest.open(node.file(), 2)) {
                assertThat(reader.find(List.of("d"))).hasSize(1);
            }
        }
    }

    @Test
    void aTableWhoseColumnsHideAllNamesOfTheRowidIsNamedAndNeverReadAsEmpty() throws Exception {
        try (TestNode node = TestNode.bare(root, "n")) {
            node.script("CREATE TABLE TokensTable (token_id text PRIMARY KEY, rowid text, _rowid_ text, oid text)",
                    "INSERT INTO TokensTable (token_id) VALUES ('a')");
            assertThatThrownBy(() -> TokenReaderTest.open(node.file(), 10)).isInstanceOfSatisfying(
                    DatabaseProblemException.class,
                    e -> assertThat(e.problem().describe()).contains(node.file().toString(), "TokensTable",
                            "rowid, _rowid_, oid"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"VIRTUAL", "STORED"})
    void generatedColumnsAreRead(String kind) throws Exception {
        try (TestNode node = TestNode.bare(root, "n")) {
            node.script(
                    "CREATE TABLE TokensTable (stored text, token_id text GENERATED ALWAYS AS (stored || '!') " + kind
                            + ", did text GENERATED ALWAYS AS ('did') " + kind + ")",
                    "INSERT INTO TokensTable VALUES ('a'), ('b')");
            assertThat(TokenReaderTest.read(node.file(), 10)).extracting(RawRow::id).containsExactly("a!", "b!");
            assertThat(TokenReaderTest.read(node.file(), 10)).extracting(row -> row.value(TokenColumn.DID))
                    .containsOnly("did");
        }
    }

    @Test
    void aVirtualTableIsNamedAndNotRead() throws Exception {
        try (TestNode node = TestNode.bare(root, "n")) {
            node.script("CREATE VIRTUAL TABLE TokensTable USING fts5(token_id, did)");
            assertThatThrownBy(() -> TokenReaderTest.open(node.file(), 10)).isInstanceOfSatisfying(
                    DatabaseProblemException.class,
                    e -> assertThat(e.problem().reason()).contains("TokensTable", "virtual table"));
        }
    }

    @Test
    void aDatabaseInAnotherEncodingIsReadAsWell() throws Exception {
        try (TestNode node = TestNode.bare(root, "n")) {
            node.script("PRAGMA encoding = 'UTF-16le'",
                    "CREATE TABLE TokensTable (token_id text PRIMARY KEY, did text)",
                    "INSERT INTO TokensTable VALUES ('Qm\u20ac', ''), ('b', '\ud83d\ude00')");
            assertThat(TokenReaderTest.read(node.file(), 1)).extracting(RawRow::id).containsExactly("Qm\u20ac", "b");
            assertThat(TokenReaderTest.read(node.file(), 1)).extracting(row -> row.value(TokenColumn.DID))
                    .containsExactly("",
                            "\ud83d\ude00");
        }
    }

    @Test
    void aSideTableWithoutItsIdColumnIsLeftOut() throws Exception {
        try (TestNode node = TestNode.create(root, "n")) {
            node.token("a", 0).script("CREATE TABLE FTTokenTable (ft_id text PRIMARY KEY, owner_did text)",
                    "INSERT INTO FTTokenTable VALUES ('x', 'y')");
            try (TokenReader reader = TokenReaderTest.open(node.file(), 10)) {
                assertThat(reader.remarks()).singleElement().satisfies(problem -> {
                    assertThat(problem.kind().code()).isEqualTo("no_id_column");
                    assertThat(problem.reason()).contains("FTTokenTable").contains("token_id");
                });
                assertThat(reader.leftOut()).containsExactly(TokenTable.FT);
            }
            assertThat(TokenReaderTest.read(node.file(), 10)).hasSize(1);
        }
    }
}

package io.tokensync.cli.verify;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.tokensync.cli.verify.RowDifference.Kind;
import io.tokensync.cli.verify.jdbc.ComparedTable;
import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.common.verification.BucketSums;
import io.tokensync.common.verification.RowFields;
import io.tokensync.testkit.property.Gen;
import io.tokensync.testkit.property.Property;
import io.tokensync.writer.jdbc.Database;
import io.tokensync.writer.schema.Schema;

import static org.assertj.core.api.Assertions.assertThat;

/** What is named is what was changed, whatever that is, and however few rows may be held at a time. */
class FileComparisonTest {
    private static final int TOKENS = 80;
    private static final int RUNS = 25;

    @TempDir
    private Path directory;
    private SqlSettings settings;
    private Database database;
    private CopiedNode node;

    @BeforeEach
    void fill() throws Exception {
        settings = SqlSettings.of("jdbc:sqlite:" + directory.resolve("table.db"));
        database = Database.open(settings, 1);
        new Schema(database).migrate();
        node = CopiedNode.write(directory.resolve("copy.db"), TOKENS);
        node.into(database.dataSource(), CopiedNode.NODE);
        run("CREATE TABLE dbo.Kept AS SELECT * FROM dbo.TokenRecords");
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void whatIsNamedIsWhatWasChanged() {
        Property.forAll(RUNS, gen -> {
            run("DELETE FROM dbo.TokenRecords");
            run("INSERT INTO dbo.TokenRecords (source_ip, node_name, token_id, record_version, "
                    + String.join(", ", RowFields.NAMES) + ") SELECT source_ip, node_name, token_id, record_version, "
                    + String.join(", ", RowFields.NAMES) + " FROM dbo.Kept");
            Map<String, String> expected = new TreeMap<>();
            for (int token = 0; token < TOKENS; token++) {
                if (gen.flag()) {
                    change(gen, token, expected);
                }
            }
            assertThat(named(gen.integer(1, TOKENS))).isEqualTo(expected);
        });
    }

    @Test
    void noMoreRowsAreHeldThanAreAllowed() throws Exception {
        run("UPDATE dbo.TokenRecords SET did = 'x'");
        for (int most : List.of(1, 7, TOKENS, 10 * TOKENS)) {
            assertThat(named(most)).hasSize(TOKENS).containsValue("different did");
        }
    }

    private void change(Gen gen, int token, Map<String, String> expected) throws Exception {
        String id = CopiedNode.id(token);
        String where = " WHERE token_id = '" + id + "'";
        switch (gen.integer(0, 3)) {
            case 0 -> {
                run("DELETE FROM dbo.TokenRecords" + where);
                expected.put(id, "only_on_node");
            }
            case 1 -> {
                run("UPDATE dbo.TokenRecords SET deleted_version = 9, deleted_at = 'then'" + where);
                expected.put(id, "only_on_node gone");
            }
            case 2 -> {
                run("INSERT INTO dbo.TokenRecords (source_ip, node_name, token_id) VALUES ('10.0.0.1', 'node1', 'new"
                        + token + "')");
                expected.put("new" + token, "only_in_table");
            }
            default -> {
                Set<String> fields = new HashSet<>();
                for (int i = gen.integer(1, 3); i > 0; i--) {
                    fields.add(RowFields.NAMES.get(gen.integer(0, RowFields.NAMES.size() - 1)));
                }
                List<String> inOrder = RowFields.NAMES.stream().filter(fields::contains).toList();
                for (String field : inOrder) {
                    run("UPDATE dbo.TokenRecords SET " + field + " = 'by hand'" + where);
                }
                expected.put(id, "different " + String.join(" ", inOrder));
            }
        }
    }

    private Map<String, String> named(int mostHeld) throws Exception {
        List<RowDifference> differences = new ArrayList<>();
        try (ComparedTable table = ComparedTable.open(settings, CopiedNode.NODE)) {
            FileComparison comparison = new FileComparison(node.copy(), table, mostHeld);
            Compared compared = comparison.compare();
            Map<Kind, Long> counts = comparison.differences(compared, differences::add);
            assertThat(counts.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(differences.size());
            assertThat(compared.isEqual()).isEqualTo(differences.isEmpty());
            assertThat(compared.differing().stream().boxed()).containsExactlyInAnyOrderElementsOf(differences.stream()
                    .map(it -> BucketSums.bucket(it.tokenId(), BucketSums.FINEST)).distinct().toList());
        }
        Map<String, String> named = new TreeMap<>();
        differences.forEach(it -> assertThat(named.put(it.tokenId(), described(it))).isNull());
        return named;
    }

    private static String described(RowDifference it) {
        if (it.kind() != Kind.DIFFERENT) {
            return it.kind().code() + (it.deletedAt() == null ? "" : " gone");
        }
        return it.kind().code() + " "
                + String.join(" ", it.fields().stream().map(RowFields.Difference::name).toList());
    }

    private void run(String sql) throws Exception {
        CopiedNode.run(database.dataSource(), sql);
    }
}

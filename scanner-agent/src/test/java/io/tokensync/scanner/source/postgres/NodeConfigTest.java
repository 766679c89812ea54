package io.tokensync.scanner.source.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.tokensync.scanner.report.ProblemKind;
import io.tokensync.scanner.source.DatabaseProblemException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class NodeConfigTest {
    private static final Path FILE = Path.of("/nodes/n/config.toml");

    @TempDir
    private Path directory;

    @Test
    void whatTheNodeSaysOfItsDatabaseIsReadAndNothingOfItsLogin() throws DatabaseProblemException {
        NodeConfig config = NodeConfig.of(FILE, """
                [core]
                node_index = 3
                network_mode = "testnet"
                [db]
                host = "db.example.com"
                port = 5432
                username = "rubix"
                password = "of-the-node"
                db_name = "rubix3"
                """);
        assertThat(config).isEqualTo(new NodeConfig("testnet", "db.example.com", 5432, "rubix3"));
        assertThat(config.earlierDatabase()).isEqualTo("rubixtest.db");
        assertThat(config.toString()).doesNotContain("of-the-node");
    }

    @ParameterizedTest
    @CsvSource({"'', localhost:5433/rubix", "'[core]\nnode_index = 7', localhost:5507/rubix",
            "'[db]\nport = 5432', localhost:5432/rubix", "'[db]\nhost = \"::1\"', [::1]:5433/rubix"})
    void whatItDoesNotSayIsWhatItsVersionsMean(String text, String place) throws DatabaseProblemException {
        assertThat(NodeConfig.of(FILE, text).place()).isEqualTo(place);
    }

    /** The driver makes classes that its settings name. */
    @Test
    void nothingOfTheNodesBecomesASettingOfTheDriver() throws DatabaseProblemException {
        assertThat(NodeConfig.of(FILE, "[db]\ndb_name = \"rubix?sslfactory=evil&user=x\"").place())
                .isEqualTo("localhost:5433/rubix%3Fsslfactory%3Devil%26user%3Dx");
        assertUnusable("[db]\nhost = \"h/x?socketFactory=evil\"");
        assertUnusable("[db]\nhost = \"one,two\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[db]\npassword = \"of-the-node", "[db]\nport = 70000", "[db\npassword = of-the-node",
            "[db]\nport = 0"})
    void whatCannotBeFollowedIsNamedWithoutItsText(String text) {
        assertUnusable(text);
    }

    @Test
    void aFileThatIsTooLongOrNoTextIsNotRead() throws IOException {
        Path file = directory.resolve("config.toml");
        for (byte[] bytes : new byte[][]{new byte[1 << 16], {(byte) 0xff, 0}}) {
            Files.write(file, bytes);
            assertThatExceptionOfType(DatabaseProblemException.class).isThrownBy(() -> NodeConfig.read(file));
        }
    }

    private static void assertUnusable(String text) {
        assertThatExceptionOfType(DatabaseProblemException.class).isThrownBy(() -> NodeConfig.of(FILE, text))
                .satisfies(e -> assertThat(e.problem().kind()).isEqualTo(ProblemKind.NODE_CONFIG_UNUSABLE))
                .satisfies(e -> assertThat(e.problem().describe()).doesNotContain("of-the-node")).withNoCause();
    }
}

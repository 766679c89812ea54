package io.tokensync.cli.token.jdbc;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.io.TempDir;

import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.standalone.data.jdbc.EmbeddedDatabase;

/** On the embedded table. */
class TokenCommandTest extends TokenCommandContract {
    @TempDir
    Path data;

    @Override
    SqlSettings settings() {
        return EmbeddedDatabase.of(data).settings();
    }

    @Override
    List<String> options() {
        return List.of("--data", data.toString());
    }

    @Override
    String table(String name) {
        return name;
    }
}

package io.tokensync.writer.schema;

import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.tokensync.common.config.Secret;
import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.testkit.tds.SqlServerEndpoint;
import io.tokensync.writer.jdbc.Database;
import io.tokensync.writer.jdbc.Table;

import static org.assertj.core.api.Assertions.assertThat;

/** The schema made and checked through Microsoft's driver, with the scripts and questions for SQL Server. */
class SchemaWireIT {
    private final SqlServerEndpoint endpoint = SqlServerEndpoint.start();
    private final Database database = Database.open(SqlSettings.of(endpoint.jdbcUrl(false),
            Optional.of(endpoint.user()), Optional.of(Secret.of(endpoint.password()))), 1);
    private final Schema schema = new Schema(database);

    @AfterEach
    void close() {
        database.close();
        endpoint.close();
    }

    @Test
    void theSchemaIsMadeFromNothingAndASecondTimeThereIsNothingToDo() throws Exception {
        assertThat(schema.missing()).hasSize(11);
        assertThat(schema.migrate()).isPositive();
        assertThat(schema.missing()).isEmpty();
        assertThat(schema.missingForWriter()).isEmpty();
        assertThat(schema.migrate()).isZero();
    }

    @Test
    void anotherUniqueIndexIsNoIdentity() throws Exception {
        schema.migrate();
        new Table(database.dataSource()).run("DROP INDEX UX_TokenRecords_identity ON dbo.TokenRecords",
                "CREATE UNIQUE NONCLUSTERED INDEX UX_one ON dbo.TokenRecords (source_ip, node_name, token_id, did)");
        assertThat(schema.missing()).singleElement().asString().contains("no unique index on exactly");
    }
}

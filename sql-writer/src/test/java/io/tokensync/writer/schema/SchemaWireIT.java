package io.tokensync.writer.schema;

import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.tokensync.common.jdbc.Dialect;
import io.tokensync.tds.faults.Effect;
import io.tokensync.tds.faults.Occasion;
import io.tokensync.tds.protocol.SqlError;
import io.tokensync.writer.batch.SqlFailure;
import io.tokensync.writer.jdbc.Database;
import io.tokensync.writer.jdbc.Table;
import io.tokensync.writer.jdbc.WireServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The schema made and checked through Microsoft's driver, with the scripts and questions for SQL Server. */
class SchemaWireIT {
    @RegisterExtension
    final WireServer server = new WireServer();

    private final Database database = Database.open(server.settings(), 1);
    private final Schema schema = new Schema(database);

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void theSchemaIsMadeFromNothingAndASecondTimeThereIsNothingToDo() throws Exception {
        assertThat(schema.missing()).hasSize(15);
        assertThat(schema.migrate()).isPositive();
        assertThat(schema.missing()).isEmpty();
        assertThat(schema.missingForWriter()).isEmpty();
        assertThat(schema.migrate()).isZero();
    }

    @Test
    void viewsThatHaveChangedAreMadeAgain() throws Exception {
        int scripts = schema.migrate();
        new Table(database.dataSource()).run("ALTER VIEW dbo.vw_StaleNodes AS SELECT source_ip FROM dbo.vw_Nodes",
                "UPDATE dbo.tokensync_schema_history SET checksum = 1 WHERE version IS NULL");
        assertThat(schema.missing()).singleElement().asString().startsWith("dbo.vw_StaleNodes lacks");
        assertThat(schema.migrate()).isEqualTo(scripts - 2);
        assertThat(schema.missing()).isEmpty();
        assertThat(schema.migrate()).isZero();
    }

    @Test
    void anotherUniqueIndexIsNoIdentity() throws Exception {
        schema.migrate();
        new Table(database.dataSource()).run("DROP INDEX UX_TokenRecords_identity ON dbo.TokenRecords",
                "CREATE UNIQUE NONCLUSTERED INDEX UX_one ON dbo.TokenRecords (source_ip, node_name, token_id, did)");
        assertThat(schema.missing()).singleElement().asString().contains("no unique index on exactly");
    }

    /** Two exact collations cannot be compared with each other, so the stage's is the only one that will do. */
    @Test
    void aKeyOfAnotherCollationIsSaid() throws Exception {
        schema.migrate();
        new Table(database.dataSource()).run("ALTER TABLE dbo.TokenRecords ALTER COLUMN token_id"
                + " NVARCHAR(500) COLLATE Latin1_General_CS_AS NOT NULL");
        assertThat(schema.missing()).singleElement().asString().contains("token_id collates Latin1_General_CS_AS");
    }

    @Test
    void aServerThatDoesNotShowItsIndexesIsBelieved() throws Exception {
        schema.migrate();
        server.endpoint().script().on(Occasion.statement("sys.index_columns"), new Effect.Fail(permissionDenied()));
        assertThat(schema.missing()).isEmpty();
        assertThat(server.endpoint().script().pending()).isZero();
    }

    @Test
    void aDatabaseWhoseReadersWaitIsSaidWithTheStatementThatEndsIt() throws Exception {
        assertThat(schema.concerns()).isEmpty();
        new Table(database.dataSource()).run("ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT OFF");
        List<Schema.Concern> concerns = schema.concerns();
        assertThat(concerns).singleElement().extracting(Schema.Concern::sentence).asString()
                .contains("READ_COMMITTED_SNAPSHOT is off", "wait for each other");
        String statement = "ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON";
        assertThat(concerns.getFirst().cure()).endsWith(statement);
        assertThat(Schema.print(Dialect.SQL_SERVER)).contains("-- " + "    " + statement + ";");
        new Table(database.dataSource()).run(statement);
        assertThat(schema.concerns()).isEmpty();
    }

    @Test
    void aServerThatDoesNotShowItsDatabasesIsBelieved() throws Exception {
        server.endpoint().script().on(Occasion.statement("sys.databases"), new Effect.Fail(permissionDenied()));
        assertThat(schema.concerns()).isEmpty();
        assertThat(server.endpoint().script().pending()).isZero();
    }

    @Test
    void locksOfRowsDoNotBecomeOneOfTheTable() throws Exception {
        schema.migrate();
        assertThat(server.endpoint().record()
                .statements("ALTER TABLE dbo\\.TokenRecords SET \\(LOCK_ESCALATION = DISABLE\\)")).isOne();
    }

    @Test
    void anErrorThatNobodyKnowsIsSaidInTheServersWords() {
        server.endpoint().script().on(Occasion.statement("CREATE TABLE dbo.ProcessedDatabases"),
                new Effect.Fail(new SqlError(59_999, 1, 16, "A trigger of the\n owner forbids new tables.")));
        assertThatThrownBy(schema::migrate).isInstanceOf(SqlFailure.class).hasMessageContaining("SQL error 59999")
                .hasMessageContaining("the database says: A trigger of the owner forbids new tables.");
    }

    private static SqlError permissionDenied() {
        return new SqlError(229, 1, 14, "The SELECT permission was denied");
    }
}

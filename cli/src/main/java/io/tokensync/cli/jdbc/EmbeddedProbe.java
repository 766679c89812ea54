package io.tokensync.cli.jdbc;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

import io.tokensync.cli.operator.Probe;
import io.tokensync.standalone.data.jdbc.EmbeddedDatabase;

/** Whether the database in a data directory can be read. */
public final class EmbeddedProbe {
    private EmbeddedProbe() {}

    /** The probe, which asks beside a {@code local} that runs. */
    public static Probe of(Path data) {
        EmbeddedDatabase database = EmbeddedDatabase.of(data);
        return new Probe("database inside", database.file().toString(),
                "see that this is the user that runs local, and restore the directory from a backup when it is damaged",
                () -> database.exists()
                        ? rows(database)
                        : database.earlier().orElse("is not there yet; the next run makes it"));
    }

    private static String rows(EmbeddedDatabase database) throws SQLException {
        try (Connection connection = database.connectToRead();
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("SELECT COUNT(*) FROM TokenRecords")) {
            count.next();
            return String.format(Locale.ROOT, "%,d rows", count.getLong(1));
        }
    }
}

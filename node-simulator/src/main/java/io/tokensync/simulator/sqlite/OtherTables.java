package io.tokensync.simulator.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

import io.tokensync.simulator.node.SchemaGeneration;

/** Tables of {@code rubix.db} that hold no tokens, as they stand beside those that do. */
final class OtherTables {
    private static final List<String> TABLES = List.of(
            "CREATE TABLE `DIDTable` (`did` text,`type` integer,`did_dir` text,`root_did` integer,`config` text,"
                    + "PRIMARY KEY (`did`))",
            "CREATE TABLE `DIDPeerTable` (`did` text,`did_type` integer,`peer_id` text,`did_last_char` text,"
                    + "PRIMARY KEY (`did`))",
            "CREATE TABLE `TransactionHistory` (`transaction_id` text,`transaction_type` text,`block_id` text,"
                    + "`mode` integer,`sender_did` text,`receiver_did` text,`amount` real,`total_time` real,"
                    + "`comment` text,`date_time` datetime,`status` numeric,`deployer_did` text,`epoch` integer,"
                    + "PRIMARY KEY (`transaction_id`))",
            "CREATE TABLE `TokenProviderTable` (`token` text,`did` text,`func_id` integer,`role` integer,"
                    + "`transaction_id` text,`sender` text,`receiver` text,`token_value` real,PRIMARY KEY (`token`))",
            "CREATE TABLE `callbackurl` (`smart_contract_hash` text,`callback_url` text,`created_at` datetime,"
                    + "PRIMARY KEY (`smart_contract_hash`))",
            "CREATE TABLE `CreditsTable` (`did` text,`credit` text,`tx` text)",
            "CREATE TABLE `quorummanager` (`type` integer,`address` text,PRIMARY KEY (`address`))");
    private static final String FT_SUMMARY = "CREATE TABLE `FTTable` (`id` text,`ft_name` text,`ft_count` integer,"
            + "`creator_did` text,PRIMARY KEY (`id`))";
    private static final String LOGIN = "CREATE TABLE `users` (`user_name` text,`role` text,PRIMARY KEY (`user_name`))";

    private OtherTables() {}

    static void create(Connection connection, SchemaGeneration generation, String did, String transactionId)
            throws SQLException {
        execute(connection, TABLES);
        insert(connection, "INSERT INTO `DIDTable` VALUES (?,4,?,0,'')", did, did);
        insert(connection, "INSERT INTO `quorummanager` VALUES (2,?)", did);
        insert(connection, "INSERT INTO `TransactionHistory` VALUES (?,'02','',1,'',?,1.0,812.5,'',"
                + "'2024-05-01 10:00:00.5+00:00',1,'',1714557600)", transactionId, did);
        if (generation.atLeast(SchemaGeneration.G1)) {
            execute(connection, List.of(FT_SUMMARY));
            insert(connection, "INSERT INTO `FTTable` VALUES ('1','TRI',10,?)", did);
        }
    }

    /** What a database of the web login has, which is called {@code rubix.db} too. */
    static void createLogin(Connection connection) throws SQLException {
        execute(connection, List.of(LOGIN));
    }

    private static void execute(Connection connection, List<String> statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static void insert(Connection connection, String sql, String... values) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                insert.setString(i + 1, values[i]);
            }
            insert.executeUpdate();
        }
    }
}

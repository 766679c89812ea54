package io.tokensync.testkit.tds.jdbc;

import java.util.List;

/** The system views and functions that the project, the driver's bulk copy and Flyway ask. */
final class SystemObjects {
    private static final String FUNCTIONS = TransactSqlFunctions.class.getName();

    static final List<String> SCRIPT = List.of("CREATE SCHEMA dbo", "CREATE SCHEMA sys", "SET SCHEMA dbo",
            function("OBJECT_ID", "objectId"),
            function("SERVERPROPERTY", "serverProperty"), function("HAS_PERMS_BY_NAME", "hasPermission"),
            function("IS_MEMBER", "isMember"), function("SCHEMA_ID", "schemaId"), """
                    CREATE VIEW sys.schemas AS
                    SELECT CAST(OBJECT_ID(SCHEMA_NAME) AS INT) AS schema_id, SCHEMA_NAME AS name, 1 AS principal_id
                    FROM INFORMATION_SCHEMA.SCHEMATA""", """
                    CREATE VIEW sys.objects AS
                    SELECT TABLE_NAME AS name, OBJECT_ID(TABLE_SCHEMA || '.' || TABLE_NAME) AS object_id,
                        CAST(OBJECT_ID(TABLE_SCHEMA) AS INT) AS schema_id,
                        CASE TABLE_TYPE WHEN 'VIEW' THEN 'V ' ELSE 'U ' END AS type,
                        CASE TABLE_TYPE WHEN 'VIEW' THEN 'VIEW' ELSE 'USER_TABLE' END AS type_desc,
                        CAST(0 AS INT) AS parent_object_id, FALSE AS is_ms_shipped
                    FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA <> 'INFORMATION_SCHEMA'""",
            "CREATE VIEW sys.tables AS SELECT * FROM sys.objects WHERE type = 'U '",
            "CREATE VIEW sys.views AS SELECT * FROM sys.objects WHERE type = 'V '", """
                    CREATE VIEW sys.columns AS
                    SELECT OBJECT_ID(TABLE_SCHEMA || '.' || TABLE_NAME) AS object_id, COLUMN_NAME AS name,
                        CAST(ORDINAL_POSITION AS INT) AS column_id,
                        CASE WHEN REMARKS LIKE '%char%' THEN
                            CASE WHEN REMARKS LIKE '%Latin1%' THEN SUBSTRING(REMARKS, LOCATE('Latin1', REMARKS))
                            ELSE 'SQL_Latin1_General_CP1_CI_AS' END END AS collation_name,
                        (IS_NULLABLE = 'YES') AS is_nullable, (IS_IDENTITY = 'YES') AS is_identity,
                        FALSE AS is_computed, CAST(NULL AS INT) AS encryption_type,
                        COALESCE(CHARACTER_MAXIMUM_LENGTH, NUMERIC_PRECISION) AS max_length
                    FROM INFORMATION_SCHEMA.COLUMNS""",
            """
                    CREATE VIEW sys.indexes AS
                    SELECT OBJECT_ID(TABLE_SCHEMA || '.' || TABLE_NAME) AS object_id, INDEX_NAME AS name,
                        (INDEX_TYPE_NAME IN ('UNIQUE INDEX', 'UNIQUE NULLS NOT DISTINCT INDEX', 'PRIMARY KEY')) AS is_unique,
                        (INDEX_TYPE_NAME = 'PRIMARY KEY') AS is_primary_key
                    FROM INFORMATION_SCHEMA.INDEXES""",
            "CREATE VIEW sys.databases AS SELECT 'tokens' AS name, 5 AS database_id, 0 AS state, 'ONLINE' AS state_desc, "
                    + "'SQL_Latin1_General_CP1_CI_AS' AS collation_name, TRUE AS is_read_committed_snapshot_on");

    private SystemObjects() {}

    private static String function(String name, String method) {
        return "CREATE ALIAS " + name + " FOR '" + FUNCTIONS + "." + method + "'";
    }
}

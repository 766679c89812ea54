-- The system views and functions that the project, the driver's bulk copy and Flyway ask; statements end with a semicolon
-- at the end of a line.
CREATE SCHEMA dbo;
CREATE SCHEMA sys;
SET SCHEMA dbo;
CREATE ALIAS OBJECT_ID FOR 'io.tokensync.tds.jdbc.TransactSqlFunctions.objectId';
CREATE ALIAS SERVERPROPERTY FOR 'io.tokensync.tds.jdbc.TransactSqlFunctions.serverProperty';
CREATE ALIAS HAS_PERMS_BY_NAME FOR 'io.tokensync.tds.jdbc.TransactSqlFunctions.hasPermission';
CREATE ALIAS IS_MEMBER FOR 'io.tokensync.tds.jdbc.TransactSqlFunctions.isMember';
CREATE ALIAS dbo.TRY_DECIMAL DETERMINISTIC FOR 'io.tokensync.tds.jdbc.TransactSqlFunctions.tryDecimal';
CREATE ALIAS JSON_VALUE DETERMINISTIC FOR 'io.tokensync.tds.jdbc.TransactSqlFunctions.jsonValue';
CREATE ALIAS ISJSON DETERMINISTIC FOR 'io.tokensync.tds.jdbc.TransactSqlFunctions.isJson';
CREATE ALIAS SCHEMA_ID FOR 'io.tokensync.tds.jdbc.TransactSqlFunctions.schemaId';
CREATE ALIAS SCHEMA_NAME FOR 'io.tokensync.tds.jdbc.TransactSqlFunctions.schemaName';

CREATE VIEW sys.schemas AS
SELECT SCHEMA_ID(SCHEMA_NAME) AS schema_id, SCHEMA_NAME AS name, 1 AS principal_id
FROM INFORMATION_SCHEMA.SCHEMATA;

CREATE VIEW sys.objects AS
SELECT TABLE_NAME AS name, OBJECT_ID(TABLE_SCHEMA || '.' || TABLE_NAME) AS object_id,
    SCHEMA_ID(TABLE_SCHEMA) AS schema_id,
    CASE TABLE_TYPE WHEN 'VIEW' THEN 'V ' ELSE 'U ' END AS type,
    CASE TABLE_TYPE WHEN 'VIEW' THEN 'VIEW' ELSE 'USER_TABLE' END AS type_desc,
    0 AS parent_object_id, FALSE AS is_ms_shipped, TIMESTAMP '2026-01-01 00:00:00' AS create_date
FROM INFORMATION_SCHEMA.TABLES
WHERE TABLE_SCHEMA NOT IN ('INFORMATION_SCHEMA', 'sys');

CREATE VIEW sys.tables AS SELECT * FROM sys.objects WHERE type = 'U ';
CREATE VIEW sys.views AS SELECT * FROM sys.objects WHERE type = 'V ';

-- What T-SQL declared stands in the comment of a column: type, length, scale and collation.
CREATE VIEW sys.information_schema_columns AS
SELECT 'tokens' AS TABLE_CATALOG, TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME, CAST(ORDINAL_POSITION AS INT) AS ORDINAL_POSITION,
    COLUMN_DEFAULT, IS_NULLABLE,
    COALESCE(SUBSTRING(REMARKS, 1, LOCATE(' ', REMARKS) - 1), LOWER(DATA_TYPE)) AS DATA_TYPE,
    CAST(CASE WHEN REMARKS LIKE '% -1 %' THEN -1 ELSE CHARACTER_MAXIMUM_LENGTH END AS INT) AS CHARACTER_MAXIMUM_LENGTH,
    NUMERIC_PRECISION, NUMERIC_SCALE, DATETIME_PRECISION,
    CASE WHEN REMARKS LIKE '%Latin1%' THEN SUBSTRING(REMARKS, LOCATE('Latin1', REMARKS))
        WHEN CHARACTER_MAXIMUM_LENGTH IS NOT NULL AND DATA_TYPE LIKE '%CHARACTER%' THEN 'SQL_Latin1_General_CP1_CI_AS'
        END AS COLLATION_NAME
FROM INFORMATION_SCHEMA.COLUMNS
WHERE TABLE_SCHEMA NOT IN ('INFORMATION_SCHEMA', 'sys');

CREATE VIEW sys.information_schema_tables AS
SELECT 'tokens' AS TABLE_CATALOG, TABLE_SCHEMA, TABLE_NAME, TABLE_TYPE
FROM INFORMATION_SCHEMA.TABLES
WHERE TABLE_SCHEMA NOT IN ('INFORMATION_SCHEMA', 'sys') AND TABLE_TYPE <> 'LOCAL TEMPORARY';

CREATE VIEW sys.columns AS
SELECT OBJECT_ID(c.TABLE_SCHEMA || '.' || c.TABLE_NAME) AS object_id, c.COLUMN_NAME AS name, d.ORDINAL_POSITION AS column_id,
    d.COLLATION_NAME AS collation_name, (c.IS_NULLABLE = 'YES') AS is_nullable, (c.IS_IDENTITY = 'YES') AS is_identity,
    FALSE AS is_computed, CAST(NULL AS INT) AS encryption_type, d.CHARACTER_MAXIMUM_LENGTH AS max_length
FROM INFORMATION_SCHEMA.COLUMNS AS c
INNER JOIN sys.information_schema_columns AS d
    ON d.TABLE_SCHEMA = c.TABLE_SCHEMA AND d.TABLE_NAME = c.TABLE_NAME AND d.COLUMN_NAME = c.COLUMN_NAME;

CREATE VIEW sys.indexes AS
SELECT OBJECT_ID(TABLE_SCHEMA || '.' || TABLE_NAME) AS object_id, INDEX_NAME AS name,
    CAST(ORA_HASH(INDEX_NAME, 1000000) AS INT) AS index_id,
    (INDEX_TYPE_NAME LIKE '%UNIQUE%' OR INDEX_TYPE_NAME = 'PRIMARY KEY') AS is_unique,
    (INDEX_TYPE_NAME = 'PRIMARY KEY') AS is_primary_key, FALSE AS has_filter, FALSE AS is_disabled
FROM INFORMATION_SCHEMA.INDEXES;

CREATE VIEW sys.index_columns AS
SELECT OBJECT_ID(i.TABLE_SCHEMA || '.' || i.TABLE_NAME) AS object_id, CAST(ORA_HASH(i.INDEX_NAME, 1000000) AS INT) AS index_id,
    CAST(c.ORDINAL_POSITION AS INT) AS column_id, CAST(i.ORDINAL_POSITION AS INT) AS key_ordinal,
    FALSE AS is_included_column
FROM INFORMATION_SCHEMA.INDEX_COLUMNS AS i
INNER JOIN INFORMATION_SCHEMA.COLUMNS AS c
    ON c.TABLE_SCHEMA = i.TABLE_SCHEMA AND c.TABLE_NAME = i.TABLE_NAME AND c.COLUMN_NAME = i.COLUMN_NAME;

-- As Azure SQL has it; ALTER DATABASE changes it.
CREATE TABLE sys.database_options (read_committed_snapshot BOOLEAN NOT NULL);
INSERT INTO sys.database_options VALUES (TRUE);
CREATE VIEW sys.databases AS
SELECT 'tokens' AS name, 5 AS database_id, 0 AS state, 'ONLINE' AS state_desc,
    'SQL_Latin1_General_CP1_CI_AS' AS collation_name,
    read_committed_snapshot AS is_read_committed_snapshot_on
FROM sys.database_options;

-- There are none of these.
CREATE VIEW sys.extended_properties AS
SELECT 0 AS major_id, 0 AS minor_id, 0 AS class, '' AS name, '' AS value WHERE FALSE;
CREATE VIEW sys.types AS
SELECT '' AS name, 0 AS schema_id, FALSE AS is_user_defined WHERE FALSE;
CREATE VIEW sys.assemblies AS
SELECT '' AS name, FALSE AS is_user_defined WHERE FALSE;

-- Of no use but to be asked: every transaction has used one megabyte of log.
CREATE ALIAS CURRENT_TRANSACTION_ID FOR 'io.tokensync.tds.jdbc.TransactSqlFunctions.transactionId';
CREATE VIEW sys.dm_tran_database_transactions AS
SELECT CAST(1 AS BIGINT) AS transaction_id, 5 AS database_id,
    CAST(1000000 AS BIGINT) AS database_transaction_log_bytes_used;

-- What is asked only to know more: a server that does not know these names, or a login that may not read them, is written
-- to all the same. The only statements that may name views of the server's state.

-- What the open transaction has put into the log so far. Needs VIEW SERVER STATE, in Azure SQL VIEW DATABASE STATE.
-- name: log_bytes
SELECT database_transaction_log_bytes_used
FROM sys.dm_tran_database_transactions
WHERE transaction_id = CURRENT_TRANSACTION_ID() AND database_id = DB_ID();

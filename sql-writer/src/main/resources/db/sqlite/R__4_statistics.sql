-- What SQLite's planner knows of the tables: how many rows an index has, and how many of them share the first columns of a key.
-- Without it an owner's tokens and a status' rows look as few to it as the rows of one token, and a question that joins by all of them
-- may go through millions. Written once and not measured by ANALYZE, so that plans are the same in a new file and a large one.
ANALYZE sqlite_schema;
DELETE FROM sqlite_stat1;
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
('TokenRecords', 'UX_TokenRecords_identity', '1000000 100000 10000 1'),
('TokenRecords', 'IX_TokenRecords_token_id', '1000000 2'),
('TokenRecords', 'IX_TokenRecords_identity_of_whole', '1000000 300000 200000 2'),
('TokenRecords', 'IX_TokenRecords_did', '1000000 5000'),
('TokenRecords', 'IX_TokenRecords_kind_status', '1000000 200000 50000'),
('TokenRecords', 'IX_TokenRecords_parent', '100000 10'),
('TokenRecords', 'IX_TokenRecords_invalid', '10000 1'),
('TokenRecords', 'IX_TokenRecords_without_content', '10000 1'),
('TokenHistory', 'UX_TokenHistory_version', '2000000 200000 20000 3 1 1'),
('TokenHistory', 'IX_TokenHistory_token_id', '2000000 4'),
('TokenHistory', 'IX_TokenHistory_did', '2000000 10000'),
('NodeVerifications', 'sqlite_autoindex_NodeVerifications_1', '50000 5000 100 1'),
('ProcessedDatabases', 'sqlite_autoindex_ProcessedDatabases_1', '500 10 1'),
('SyncSessions', 'sqlite_autoindex_SyncSessions_1', '10000 1');

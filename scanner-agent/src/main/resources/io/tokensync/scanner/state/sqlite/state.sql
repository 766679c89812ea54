CREATE TABLE IF NOT EXISTS setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS database (
  id INTEGER PRIMARY KEY,
  node_name TEXT NOT NULL UNIQUE,
  path TEXT NOT NULL,
  stamp TEXT,
  held_fingerprint INTEGER NOT NULL DEFAULT 0,
  held_scans INTEGER NOT NULL DEFAULT 0,
  held_at INTEGER NOT NULL DEFAULT 0,
  held_time INTEGER NOT NULL DEFAULT 0
);
-- Published rows, many in one row here: RowChunk says how, RowChunks which. A chunk fills about a page of the file; the
-- index finds it by key and counts rows without looking at it.
CREATE TABLE IF NOT EXISTS chunk (
  id INTEGER PRIMARY KEY,
  database INTEGER NOT NULL,
  place BLOB NOT NULL,
  rows INTEGER NOT NULL,
  checksum INTEGER NOT NULL,
  data BLOB NOT NULL
);
CREATE UNIQUE INDEX IF NOT EXISTS chunk_key ON chunk (database, place, rows);
CREATE TABLE IF NOT EXISTS rejected (
  database INTEGER NOT NULL,
  tbl INTEGER NOT NULL,
  place INTEGER NOT NULL,
  hash INTEGER NOT NULL,
  scan INTEGER NOT NULL,
  PRIMARY KEY (database, tbl, place)
) WITHOUT ROWID;
-- What an operator asks for; not needed to go on.
CREATE TABLE IF NOT EXISTS scan (
  database INTEGER PRIMARY KEY,
  read_at INTEGER,
  changed_at INTEGER,
  acknowledged_at INTEGER,
  held_rows INTEGER NOT NULL DEFAULT 0
);
-- The last verification of a node, as JSON; without it a node is verified.
CREATE TABLE IF NOT EXISTS verification (
  database INTEGER PRIMARY KEY,
  data TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS problem (
  kind TEXT NOT NULL,
  path TEXT NOT NULL,
  reason TEXT NOT NULL,
  since INTEGER NOT NULL,
  PRIMARY KEY (path, kind, reason)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS intent (
  id INTEGER PRIMARY KEY,
  database INTEGER NOT NULL,
  data BLOB NOT NULL
);
-- What was found damaged of the rows of a database, as it was found, for whoever looks for the cause; never read again.
CREATE TABLE IF NOT EXISTS damaged (
  found_at INTEGER NOT NULL,
  source TEXT NOT NULL,
  database INTEGER NOT NULL,
  place BLOB NOT NULL,
  rows INTEGER NOT NULL,
  checksum INTEGER NOT NULL,
  data BLOB NOT NULL
);
CREATE TEMP TABLE IF NOT EXISTS missing (
  tbl INTEGER NOT NULL,
  place INTEGER NOT NULL,
  token_id TEXT NOT NULL,
  PRIMARY KEY (tbl, place, token_id)
) WITHOUT ROWID;
CREATE TEMP TABLE IF NOT EXISTS arrived (
  token_id TEXT PRIMARY KEY
) WITHOUT ROWID;

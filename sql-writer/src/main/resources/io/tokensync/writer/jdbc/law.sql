-- The convergence invariant, written once for both dialects: when does a register of the staged state s replace the one of
-- the table's row t. The same law in Java is io.tokensync.common.model.TokenState. The statements quote these conditions
-- as {name}.

-- name: key_equal
t.source_ip = s.source_ip AND t.node_name = s.node_name AND t.token_id = s.token_id

-- The row: maximum by (record_version, row_hash). A staged state without a row has version 0, which never wins.
-- name: row_newer
(s.record_version > t.record_version
    OR (s.record_version = t.record_version AND s.row_hash > t.row_hash))

-- The deletion: maximum by (deleted_version, deleted_at), unless the row in the table is newer than it. That the staged
-- row may be newer need not be asked: a staged state drops such a deletion by itself.
-- name: deletion_newer
((s.deleted_version > t.deleted_version
        OR (s.deleted_version = t.deleted_version AND s.deleted_at > t.deleted_at))
    AND s.deleted_version >= t.record_version)

-- The content: maximum by (rank, content_version, content_hash).
-- name: rank_s
CASE WHEN s.ipfs_fetched = 1 THEN 2 WHEN s.ipfs_error IS NOT NULL THEN 1 ELSE 0 END

-- name: rank_t
CASE WHEN t.ipfs_fetched = 1 THEN 2 WHEN t.ipfs_error IS NOT NULL THEN 1 ELSE 0 END

-- name: content_newer
({rank_s} > {rank_t}
    OR ({rank_s} = {rank_t}
        AND (s.content_version > t.content_version
            OR (s.content_version = t.content_version AND s.content_hash > t.content_hash))))

-- name: newer
({row_newer} OR {deletion_newer} OR {content_newer})

-- Every register that the staged state has is the table's: the row has been written before. What is neither newer nor
-- the same is stale.
-- name: same
((s.record_version = 0 OR (s.record_version = t.record_version AND s.row_hash = t.row_hash))
    AND (s.deleted_version = 0 OR (s.deleted_version = t.deleted_version AND s.deleted_at = t.deleted_at))
    AND ({rank_s} = 0
        OR ({rank_s} = {rank_t} AND s.content_version = t.content_version AND s.content_hash = t.content_hash)))

-- What the staged row is to the table's: 3 new, 2 newer, 1 the same, 0 stale.
-- name: relation
CASE WHEN t.id IS NULL THEN 3 WHEN {newer} THEN 2 WHEN {same} THEN 1 ELSE 0 END

-- What the merge updates a row for, and the content among the fields that it sets then. A dialect that writes content by a statement
-- of its own says so here.
-- name: merge_newer
{newer}

-- name: set_content
ipfs_data = CASE WHEN {content_newer} THEN s.ipfs_data ELSE t.ipfs_data END,
    ipfs_fetched = CASE WHEN {content_newer} THEN s.ipfs_fetched ELSE t.ipfs_fetched END,
    ipfs_error = CASE WHEN {content_newer} THEN s.ipfs_error ELSE t.ipfs_error END,
    ipfs_source = CASE WHEN {content_newer} THEN s.ipfs_source ELSE t.ipfs_source END,
    ipfs_info = CASE WHEN {content_newer} THEN s.ipfs_info ELSE t.ipfs_info END,
    content_version = CASE WHEN {content_newer} THEN s.content_version ELSE t.content_version END,
    content_hash = CASE WHEN {content_newer} THEN s.content_hash ELSE t.content_hash END,

-- Whether TokenHistory has the version that the staged row is. A row of which only the deletion is known is none: its
-- deletion is a version of its own.
-- name: join_history
LEFT JOIN dbo.TokenHistory AS h ON h.source_ip = s.source_ip AND h.node_name = s.node_name AND h.token_id = s.token_id
    AND h.record_version = s.record_version AND h.row_hash = s.row_hash

-- name: recorded
CASE WHEN s.record_version = 0 OR h.id IS NOT NULL THEN 1 ELSE 0 END

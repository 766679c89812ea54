-- The latest verification of each node, with the outcome of the one before it, and as of when the table was last equal to the node.
${create_view} dbo.vw_NodeVerification AS
SELECT
    v.source_ip,
    v.node_name,
    v.outcome,
    v.as_of,
    v.verified_at,
    v.node_rows,
    v.table_rows,
    v.previous_outcome,
    v.last_equal_as_of,
    v.started_by,
    v.buckets,
    v.buckets_differing,
    v.buckets_unsettled,
    v.rows_republished,
    v.rows_deleted,
    v.rows_deferred,
    v.duration_seconds,
    v.node_digest,
    v.table_digest,
    v.watermark,
    v.agent_id,
    v.session_id
FROM (
    SELECT
        n.source_ip,
        n.node_name,
        n.outcome,
        n.as_of,
        n.verified_at,
        n.node_rows,
        n.table_rows,
        LAG(n.outcome) OVER (PARTITION BY n.source_ip, n.node_name ORDER BY n.verified_at, n.watermark) AS previous_outcome,
        MAX(CASE WHEN n.outcome = N'equal' THEN n.as_of END) OVER (PARTITION BY n.source_ip, n.node_name) AS last_equal_as_of,
        n.started_by,
        n.buckets,
        n.buckets_differing,
        n.buckets_unsettled,
        n.rows_republished,
        n.rows_deleted,
        n.rows_deferred,
        n.duration_seconds,
        n.node_digest,
        n.table_digest,
        n.watermark,
        n.agent_id,
        n.session_id,
        ROW_NUMBER() OVER (PARTITION BY n.source_ip, n.node_name ORDER BY n.verified_at DESC, n.watermark DESC) AS place
    FROM dbo.NodeVerifications AS n
) AS v
WHERE v.place = 1;

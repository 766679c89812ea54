-- order: token_id, source_ip, node_name
SELECT token_id, kind_name, status_name, source_ip, node_name, ipfs_error, ipfs_path, synced_at
FROM dbo.vw_UnverifiableContent
-- also while another source is still going to be asked
WHERE reason = N'mismatch' OR ipfs_error LIKE N'pending: mismatch%'

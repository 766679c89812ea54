-- order: token_id, source_ip, node_name
SELECT token_id, kind_name, status_name, source_ip, node_name, did, token_value, transaction_check, transaction_id, transaction_initiator, transaction_owner, transaction_time, synced_at
FROM dbo.vw_Tokens
WHERE transaction_check IN (N'id_differs', N'signature_differs', N'missing') AND is_deleted = 0

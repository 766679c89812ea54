-- For a writer that writes no history: nothing is looked up in TokenHistory, which need not be there.

-- name: recorded
1

-- name: join_history


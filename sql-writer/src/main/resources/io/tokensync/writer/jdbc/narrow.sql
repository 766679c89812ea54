-- For statements that only find out what a row is to the table's: what is staged for them has the rank of its content, and not the
-- content.

-- name: rank_s
s.content_rank

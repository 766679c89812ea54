-- What the merge would do, without doing it: rows of the stage that are in the table, those with something newer, and
-- those that are there as they are, for each origin of rows. A batch of which nothing is newer needs no merge, so a replay costs reads only.
SELECT
    s.origin,
    COUNT(*) AS matched_rows,
    COALESCE(SUM(CASE WHEN {newer} THEN 1 ELSE 0 END), 0) AS newer_rows,
    COALESCE(SUM(CASE WHEN {newer} THEN 0 WHEN {same} THEN 1 ELSE 0 END), 0) AS same_rows
FROM {stage} AS s
INNER JOIN dbo.TokenRecords AS t ON {key_equal}
GROUP BY s.origin
{plan};

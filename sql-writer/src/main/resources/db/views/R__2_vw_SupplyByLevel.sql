-- One row per level: what it may have at most, and the distinct whole tokens of it that nodes list, each counted once however many
-- nodes, of whichever generation, list it. A record of a transfer may say burnt, so a token is burnt where nobody holds it. A level
-- that does not exist has no capacity.
${create_view} dbo.vw_SupplyByLevel AS
SELECT
    l.token_level,
    MAX(l.capacity) AS capacity,
    SUM(l.seen) AS tokens_seen,
    SUM(l.free) AS tokens_free,
    SUM(l.burnt) AS tokens_burnt,
    SUM(l.pledged) AS tokens_pledged,
    SUM(l.beyond_supply) AS tokens_beyond_supply,
    SUM(l.impossible) AS tokens_impossible
FROM (
    SELECT c.token_level, c.capacity, 0 AS seen, 0 AS free, 0 AS burnt, 0 AS pledged, 0 AS beyond_supply, 0 AS impossible
    -- As the code has them: a test compares. Not as VALUES, whose columns can be named on SQL Server only.
    FROM (
        SELECT 0 AS token_level, 56 AS capacity UNION ALL SELECT 1, 5000000 UNION ALL SELECT 2, 2425000
        UNION ALL SELECT 3, 2303750 UNION ALL SELECT 4, 2188563 UNION ALL SELECT 5, 2079134 UNION ALL SELECT 6, 1975178
        UNION ALL SELECT 7, 1876419 UNION ALL SELECT 8, 1782598 UNION ALL SELECT 9, 1693468 UNION ALL SELECT 10, 1608795
        UNION ALL SELECT 11, 1528355 UNION ALL SELECT 12, 1451937 UNION ALL SELECT 13, 1379340 UNION ALL SELECT 14, 1310373
        UNION ALL SELECT 15, 1244855 UNION ALL SELECT 16, 1182612 UNION ALL SELECT 17, 1123481 UNION ALL SELECT 18, 1067307
        UNION ALL SELECT 19, 1013942 UNION ALL SELECT 20, 963245 UNION ALL SELECT 21, 915082 UNION ALL SELECT 22, 869328
        UNION ALL SELECT 23, 825862 UNION ALL SELECT 24, 784569 UNION ALL SELECT 25, 745340 UNION ALL SELECT 26, 708073
        UNION ALL SELECT 27, 672670 UNION ALL SELECT 28, 639036 UNION ALL SELECT 29, 607084 UNION ALL SELECT 30, 576730
        UNION ALL SELECT 31, 547894 UNION ALL SELECT 32, 520499 UNION ALL SELECT 33, 494474 UNION ALL SELECT 34, 469750
        UNION ALL SELECT 35, 446263 UNION ALL SELECT 36, 423950 UNION ALL SELECT 37, 402752 UNION ALL SELECT 38, 382615
        UNION ALL SELECT 39, 363484 UNION ALL SELECT 40, 345310 UNION ALL SELECT 41, 328044 UNION ALL SELECT 42, 311642
        UNION ALL SELECT 43, 296060 UNION ALL SELECT 44, 281257 UNION ALL SELECT 45, 267194 UNION ALL SELECT 46, 253834
        UNION ALL SELECT 47, 241143 UNION ALL SELECT 48, 229085 UNION ALL SELECT 49, 217631 UNION ALL SELECT 50, 206750
        UNION ALL SELECT 51, 196412 UNION ALL SELECT 52, 186592 UNION ALL SELECT 53, 177262 UNION ALL SELECT 54, 168399
        UNION ALL SELECT 55, 159979 UNION ALL SELECT 56, 151980 UNION ALL SELECT 57, 144381 UNION ALL SELECT 58, 137162
        UNION ALL SELECT 59, 130304 UNION ALL SELECT 60, 117273 UNION ALL SELECT 61, 105546 UNION ALL SELECT 62, 94992
        UNION ALL SELECT 63, 85492 UNION ALL SELECT 64, 76943 UNION ALL SELECT 65, 69249 UNION ALL SELECT 66, 62324
        UNION ALL SELECT 67, 56092 UNION ALL SELECT 68, 50482 UNION ALL SELECT 69, 45434 UNION ALL SELECT 70, 40891
        UNION ALL SELECT 71, 36802 UNION ALL SELECT 72, 33121 UNION ALL SELECT 73, 29809 UNION ALL SELECT 74, 26828
        UNION ALL SELECT 75, 24146 UNION ALL SELECT 76, 21731 UNION ALL SELECT 77, 19558 UNION ALL SELECT 78, 17602
    ) AS c
    UNION ALL
    SELECT
        t.token_level,
        NULL AS capacity,
        1 AS seen,
        MAX(CASE WHEN t.status_name = N'free' THEN 1 ELSE 0 END) AS free,
        CASE
            WHEN MAX(CASE WHEN t.status_name IN (N'free', N'locked', N'pledged', N'committed', N'pinned as service') THEN 1 ELSE 0 END) = 0
                THEN MAX(CASE WHEN t.status_name IN (N'burnt', N'burnt for ft') THEN 1 ELSE 0 END)
            ELSE 0
        END AS burnt,
        MAX(CASE WHEN t.status_name = N'pledged' THEN 1 ELSE 0 END) AS pledged,
        MAX(CASE WHEN t.supply_verdict = N'beyond today''s supply' THEN 1 ELSE 0 END) AS beyond_supply,
        MAX(CASE WHEN t.supply_verdict = N'impossible' THEN 1 ELSE 0 END) AS impossible
    FROM dbo.vw_TokenIdentity AS t
    GROUP BY t.token_level, t.token_number
) AS l
GROUP BY l.token_level;

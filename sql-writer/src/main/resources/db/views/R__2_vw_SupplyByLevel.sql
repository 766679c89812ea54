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
    -- as the code has them: a test compares
    FROM (VALUES
        (0, 56), (1, 5000000), (2, 2425000), (3, 2303750), (4, 2188563), (5, 2079134), (6, 1975178), (7, 1876419),
        (8, 1782598), (9, 1693468), (10, 1608795), (11, 1528355), (12, 1451937), (13, 1379340), (14, 1310373),
        (15, 1244855), (16, 1182612), (17, 1123481), (18, 1067307), (19, 1013942), (20, 963245), (21, 915082), (22, 869328),
        (23, 825862), (24, 784569), (25, 745340), (26, 708073), (27, 672670), (28, 639036), (29, 607084), (30, 576730),
        (31, 547894), (32, 520499), (33, 494474), (34, 469750), (35, 446263), (36, 423950), (37, 402752), (38, 382615),
        (39, 363484), (40, 345310), (41, 328044), (42, 311642), (43, 296060), (44, 281257), (45, 267194), (46, 253834),
        (47, 241143), (48, 229085), (49, 217631), (50, 206750), (51, 196412), (52, 186592), (53, 177262), (54, 168399),
        (55, 159979), (56, 151980), (57, 144381), (58, 137162), (59, 130304), (60, 117273), (61, 105546), (62, 94992),
        (63, 85492), (64, 76943), (65, 69249), (66, 62324), (67, 56092), (68, 50482), (69, 45434), (70, 40891), (71, 36802),
        (72, 33121), (73, 29809), (74, 26828), (75, 24146), (76, 21731), (77, 19558), (78, 17602)
    ) AS c (token_level, capacity)
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

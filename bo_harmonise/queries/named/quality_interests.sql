-- Question: Which kinds of interest does each register state, direct or indirect, and with what kind of figure?
-- Columns: register, type of interest, directness, number, how many with an exact share, with a band, without a figure.
-- Example: bo-harmonise query quality-interests -w WS
SELECT
    split_part(source_id, '@', 1) AS register,
    type,
    direct_or_indirect,
    count(*) AS interests,
    count(*) FILTER (share_exact IS NOT NULL) AS exact,
    count(*) FILTER (share_exact IS NULL AND (share_min IS NOT NULL OR share_max IS NOT NULL)) AS banded,
    count(*) FILTER (share_exact IS NULL AND share_min IS NULL AND share_max IS NULL) AS without_figure
FROM interest
GROUP BY ALL
ORDER BY register, type, direct_or_indirect;

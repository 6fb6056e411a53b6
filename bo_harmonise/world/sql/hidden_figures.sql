-- How many rows are there of each structure, are right, and had to be found? `total` is of all.
WITH
  rows_of AS (
    SELECT pattern, count(*) AS found, count(*) FILTER (status IN ('row', 'either')) AS is_right
    FROM judged_owner
    GROUP BY GROUPING SETS ((pattern), ())
  ),
  wanted_of AS (
    SELECT pattern, count(*) AS wanted, count(*) FILTER (is_found) AS reached
    FROM wanted_owner
    GROUP BY GROUPING SETS ((pattern), ())
  )
SELECT
  coalesce(rows_of.pattern, wanted_of.pattern, 'total') AS pattern,
  coalesce(found, 0) AS found,
  coalesce(is_right, 0) AS is_right,
  coalesce(wanted, 0) AS wanted,
  coalesce(reached, 0) AS reached
FROM
  rows_of
  FULL JOIN wanted_of ON wanted_of.pattern IS NOT DISTINCT FROM rows_of.pattern
ORDER BY
  pattern;

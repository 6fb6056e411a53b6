-- How many intervals are there of each structure, decided, right, and how wide? `total` is of all.
WITH
  given AS (
    SELECT
      pattern,
      count(*) AS answered,
      count(*) FILTER (is_decided) AS decided,
      count(*) FILTER (is_decided AND is_inside) AS true_inside,
      count(*) FILTER (is_decided AND width < $tolerance) AS exact,
      round(avg(width) FILTER (is_decided), 3) AS mean_width,
      round(median(width) FILTER (is_decided), 3) AS median_width
    FROM
      judged_share
    GROUP BY
      GROUPING SETS ((pattern), ())
  ),
  wanted_of AS (
    SELECT pattern, count(*) AS shown, count(*) FILTER (is_found) AS reached
    FROM wanted_share
    GROUP BY GROUPING SETS ((pattern), ())
  )
SELECT
  coalesce(given.pattern, wanted_of.pattern, 'total') AS pattern,
  coalesce(shown, 0) AS shown,
  coalesce(reached, 0) AS reached,
  coalesce(answered, 0) AS answered,
  coalesce(decided, 0) AS decided,
  coalesce(true_inside, 0) AS true_inside,
  coalesce(exact, 0) AS exact,
  mean_width,
  median_width
FROM
  given
  FULL JOIN wanted_of ON wanted_of.pattern IS NOT DISTINCT FROM given.pattern
ORDER BY
  pattern;

-- How many pairs of each phenomenon there are, were joined rightly, and wrongly?
WITH
  same AS (
    SELECT
      phenomenon,
      count(*) AS wanted,
      count(*) FILTER (is_joined) AS joined_rightly
    FROM
      (SELECT is_joined, unnest(phenomena) AS phenomenon FROM true_pair)
    GROUP BY
      phenomenon
  ),
  other AS (
    SELECT phenomenon, count(*) AS joined_wrongly
    FROM (SELECT unnest(phenomena) AS phenomenon FROM wrong_pair)
    GROUP BY phenomenon
  )
SELECT
  phenomenon,
  coalesce(wanted, 0) AS wanted,
  coalesce(joined_rightly, 0) AS joined_rightly,
  coalesce(joined_wrongly, 0) AS joined_wrongly
FROM
  same
  FULL JOIN other USING (phenomenon)
ORDER BY
  phenomenon;

-- What does each party hold directly, as one rule sees it? One row a pair; parts of one.
-- Where the rule says so ($joint), each holder of a joint holding has all of it.
WITH
  held AS (
    SELECT
      e.* REPLACE (
        CASE WHEN j.party IS NULL THEN e.share_min ELSE 100 END AS share_min,
        CASE WHEN j.party IS NULL THEN e.share_max ELSE 100 END AS share_max,
        e.is_quantified OR j.party IS NOT NULL AS is_quantified,
        e.is_free AND j.party IS NULL AS is_free,
        e.share_min_exclusive AND j.party IS NULL AS share_min_exclusive,
        e.share_max_exclusive AND j.party IS NULL AS share_max_exclusive
      )
    FROM
      own_edge AS e
      LEFT JOIN own_joint AS j ON j.party = e.owned AND $joint
  )
SELECT
  owner,
  owned,
  coalesce(max(share_min) FILTER (dimension = 'economic' AND $economic), 0) / 100 AS low_economic,
  coalesce(max(share_max) FILTER (dimension = 'economic' AND $economic), 0) / 100 AS high_economic,
  coalesce(bool_or(is_quantified) FILTER (dimension = 'economic'), false) AS known_economic,
  coalesce(bool_or(is_free) FILTER (dimension = 'economic'), false) AS free_economic,
  coalesce(bool_or(share_min_exclusive) FILTER (dimension = 'economic'), false) AS low_open_economic,
  coalesce(bool_or(share_max_exclusive) FILTER (dimension = 'economic'), false) AS high_open_economic,
  coalesce(max(share_min) FILTER (dimension = 'voting' AND $voting), 0) / 100 AS low_voting,
  coalesce(max(share_max) FILTER (dimension = 'voting' AND $voting), 0) / 100 AS high_voting,
  coalesce(bool_or(is_quantified) FILTER (dimension = 'voting'), false) AS known_voting,
  coalesce(bool_or(is_free) FILTER (dimension = 'voting'), false) AS free_voting,
  coalesce(bool_or(share_min_exclusive) FILTER (dimension = 'voting'), false) AS low_open_voting,
  coalesce(bool_or(share_max_exclusive) FILTER (dimension = 'voting'), false) AS high_open_voting,
  coalesce(bool_or(list_has_any(types, CAST($decides AS VARCHAR[]))) FILTER (dimension IN ('board', 'control')), false)
    AS decides,
  coalesce(bool_or(list_has_any(types, CAST($indicates AS VARCHAR[]))) FILTER (dimension IN ('board', 'control')), false)
    AS indicates,
  -- An interest of unknown kind may be one that gives control, under a rule that knows control.
  len(CAST($decides AS VARCHAR[])) + len(CAST($indicates AS VARCHAR[])) > 0
    AND coalesce(bool_or(list_has_any(types, ['unknownInterest', 'unpublishedInterest'])) FILTER (dimension = 'control'), false)
    AS may_control
FROM
  held
GROUP BY
  owner,
  owned
ORDER BY
  owner,
  owned;

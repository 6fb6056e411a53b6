-- What is the stake of each party in each other party, one row a pair and dimension?
--
-- Policy: (1) of one register, interests of a known kind before those of an unknown one, figures before silence, then the
-- type that says most about the dimension, then the latest statement; statements of one date give the hull; (2) between
-- registers, known kinds before unknown ones and figures before silence; intervals that meet give what they have in
-- common, intervals that do not give the hull, and a discrepancy. Nothing is added up.
-- own_register_stake  one row a (pair, dimension, register)
-- own_stake           one row a (pair, dimension)
CREATE OR REPLACE TEMP TABLE own_register_stake AS
WITH
  spoken AS (
    SELECT
      i.* REPLACE (
        -- 60 % of something that may be shares or votes is at most 60 % of each, and surely nothing of either.
        CASE WHEN d.is_kind_known THEN i.stated_min ELSE 0 END AS stated_min,
        i.min_exclusive AND d.is_kind_known AS min_exclusive
      ),
      d.dimension,
      d.is_kind_known,
      d.rank
    FROM
      own_interest AS i
      JOIN own_dimension AS d ON d.type = i.type
    WHERE
      d.place = 'any'
      OR i.owned IN (SELECT party FROM own_arrangement)
  ),
  best AS (
    SELECT
      *,
      rank() OVER (
        PARTITION BY owner, owned, dimension, register, basis = 'indirect'
        ORDER BY is_kind_known DESC, is_quantified DESC, rank, statement_date DESC NULLS LAST, start_date DESC NULLS LAST
      ) AS place
    FROM
      spoken
  )
SELECT
  owner,
  owned,
  dimension,
  register,
  basis = 'indirect' AS is_conclusion,
  bool_and(basis = 'assumed') AS is_assumed,
  bool_and(is_kind_known) AS is_kind_known,
  bool_or(is_quantified) AS is_quantified,
  min(stated_min) AS share_min,
  max(stated_max) AS share_max,
  -- The hull keeps an open end only where no closed one reaches as far.
  bool_and(min_exclusive) FILTER (stated_min = least_min) AS min_exclusive,
  bool_and(max_exclusive) FILTER (stated_max = most_max) AS max_exclusive,
  min(start_date) AS start_date,
  CASE WHEN count(*) = count(end_date) THEN max(end_date) END AS end_date,
  list_sort(list_distinct(list(type))) AS types,
  list_sort(list_distinct(list(statement_id))) AS statement_ids
FROM
  (
    SELECT
      *,
      min(stated_min) OVER same AS least_min,
      max(stated_max) OVER same AS most_max
    FROM
      best
    WHERE
      place = 1
    WINDOW
      same AS (PARTITION BY owner, owned, dimension, register, basis = 'indirect')
  )
GROUP BY
  owner,
  owned,
  dimension,
  register,
  basis = 'indirect';

CREATE OR REPLACE TEMP TABLE own_stake AS
WITH
  kinds AS (
    SELECT
      *
    FROM
      own_register_stake
    QUALIFY
      is_kind_known OR NOT bool_or(is_kind_known) OVER (PARTITION BY owner, owned, dimension, is_conclusion)
  ),
  telling AS (
    SELECT
      *,
      bool_or(is_quantified) OVER same AS any_quantified,
      max(share_min) FILTER (is_quantified) OVER same AS inner_min,
      min(share_max) FILTER (is_quantified) OVER same AS inner_max,
      min(share_min) FILTER (is_quantified) OVER same AS outer_min,
      max(share_max) FILTER (is_quantified) OVER same AS outer_max
    FROM
      kinds
    WINDOW
      same AS (PARTITION BY owner, owned, dimension, is_conclusion)
  ),
  judged AS (
    SELECT
      *,
      -- "More than 25" and "exactly 25" touch but have nothing in common.
      inner_min < inner_max
      OR (
        inner_min = inner_max
        AND NOT coalesce(bool_or(
          is_quantified AND ((min_exclusive AND share_min = inner_min) OR (max_exclusive AND share_max = inner_max))
        ) OVER same, false)
      ) AS do_meet
    FROM
      telling
    WINDOW
      same AS (PARTITION BY owner, owned, dimension, is_conclusion)
  ),
  bounded AS (
    SELECT
      *,
      CASE WHEN do_meet THEN inner_min ELSE outer_min END AS low,
      CASE WHEN do_meet THEN inner_max ELSE outer_max END AS high
    FROM
      judged
  ),
  reconciled AS (
    SELECT
      owner,
      owned,
      dimension,
      is_conclusion,
      bool_and(is_assumed) AS is_assumed,
      any_value(any_quantified) AS is_quantified,
      coalesce(any_value(low), 0) AS share_min,
      coalesce(any_value(high), 100) AS share_max,
      coalesce(
        CASE
          WHEN any_value(do_meet) THEN bool_or(min_exclusive) FILTER (is_quantified AND share_min = low)
          ELSE bool_and(min_exclusive) FILTER (is_quantified AND share_min = low)
        END,
        false
      ) AS share_min_exclusive,
      coalesce(
        CASE
          WHEN any_value(do_meet) THEN bool_or(max_exclusive) FILTER (is_quantified AND share_max = high)
          ELSE bool_and(max_exclusive) FILTER (is_quantified AND share_max = high)
        END,
        false
      ) AS share_max_exclusive,
      coalesce(NOT any_value(do_meet), false) AS is_disputed,
      min(start_date) AS start_date,
      CASE WHEN count(*) = count(end_date) THEN max(end_date) END AS end_date,
      list_sort(list_distinct(flatten(list(types)))) AS types,
      list_sort(list(register)) AS registers,
      list_sort(list_distinct(flatten(list(statement_ids)))) AS statement_ids
    FROM
      bounded
    GROUP BY
      owner,
      owned,
      dimension,
      is_conclusion
  )
SELECT
  CAST(row_number() OVER (ORDER BY owner, owned, dimension, is_conclusion) - 1 AS BIGINT) AS stake,
  *
FROM
  reconciled;

-- One row a pair of the picture: its economic stake, else its votes, else any interest without a figure.
SELECT
  owner,
  owned,
  dimension,
  share_min / 100 AS low,
  share_max / 100 AS high,
  registers,
  statement_ids
FROM
  own_edge
QUALIFY
  row_number() OVER (
    PARTITION BY owner, owned ORDER BY list_position(['economic', 'voting', 'board', 'control'], dimension)
  ) = 1
ORDER BY
  owner,
  owned;

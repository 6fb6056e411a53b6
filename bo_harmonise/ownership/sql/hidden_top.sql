-- Which ultimate owners lead to two companies or more, over two registers or more?
CREATE OR REPLACE TEMP TABLE own_not_company AS
SELECT DISTINCT
  r.party
FROM
  current_entity AS e
  JOIN own_record AS r USING (record_id)
WHERE
  e.entity_type = 'arrangement';

CREATE OR REPLACE TEMP TABLE own_top AS
WITH
  seen AS (
    SELECT owned AS company, bit_or(bit) AS mask FROM own_walkable GROUP BY owned
  )
SELECT
  s.owner
FROM
  own_top_share AS s
  JOIN seen AS m ON m.company = s.company
GROUP BY
  s.owner
HAVING
  count(*) > 1
  AND bit_count(bit_or(m.mask)) > 1;

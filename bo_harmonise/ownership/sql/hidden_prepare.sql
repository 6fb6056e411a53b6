-- What does each register show by itself, and what joins its records to those of others?
--
-- own_native     record -> class: records that one register links itself (equal identifier); own_anchor gives the links
-- own_bit        register -> bit in a set of registers
-- own_walkable   statements that connect an owner to a company, between classes
CREATE OR REPLACE TEMP TABLE own_bit AS
SELECT
  register,
  CAST(1 AS HUGEINT) << CAST(row_number() OVER (ORDER BY register) - 1 AS INTEGER) AS bit
FROM
  (SELECT DISTINCT register FROM own_record UNION SELECT DISTINCT register FROM own_interest);

CREATE OR REPLACE TEMP TABLE own_native AS
SELECT
  r.record_id,
  r.party,
  r.register,
  b.bit,
  n.class
FROM
  own_record AS r
  JOIN own_bit AS b USING (register)
  JOIN own_class AS n USING (record_id);

CREATE OR REPLACE TEMP TABLE own_walkable AS
SELECT
  o.party AS owner,
  c.party AS owned,
  o.class AS owner_class,
  c.class AS owned_class,
  i.owner_record,
  i.owned_record,
  b.bit,
  i.statement_id,
  -- Of the statements that connect two records, the one that states a figure says most.
  bool_or(i.is_quantified) AS has_figure
FROM
  own_interest AS i
  JOIN own_bit AS b ON b.register = i.register
  JOIN own_native AS o ON o.record_id = i.owner_record
  JOIN own_native AS c ON c.record_id = i.owned_record
WHERE
  o.party <> c.party
  AND i.type IN (SELECT type FROM own_dimension)
GROUP BY ALL;

-- The walks go over own_walkable; the interests themselves are wide, and served here last.
DROP TABLE own_interest;

-- Join classes over one more merge; run until nothing is new. Of two classes every set of registers between is kept that
-- does not contain another: which needs the fewest registers depends on those that the companies need anyway, and a
-- longer path of merges may need fewer.
CREATE OR REPLACE TEMP TABLE own_link_found AS
WITH
  further AS (
    SELECT
      l.party,
      l.class_l,
      d.class_r,
      l.between_mask | n.bit AS between_mask,
      max(least(l.probability, d.probability)) AS probability
    FROM
      own_link AS l
      JOIN own_direct AS d ON d.party = l.party AND d.class_l = l.class_r AND d.class_r <> l.class_l
      JOIN (SELECT DISTINCT class, bit FROM own_native) AS n ON n.class = d.class_l
    GROUP BY
      ALL
  )
SELECT
  f.*
FROM
  further AS f
WHERE
  NOT EXISTS (
    SELECT 1
    FROM own_link AS k
    WHERE k.class_l = f.class_l AND k.class_r = f.class_r AND k.between_mask & f.between_mask = k.between_mask
  )
  AND NOT EXISTS (
    SELECT 1
    FROM further AS g
    WHERE
      g.class_l = f.class_l
      AND g.class_r = f.class_r
      AND g.between_mask <> f.between_mask
      AND g.between_mask & f.between_mask = g.between_mask
  );

DELETE FROM own_link
WHERE EXISTS (
  SELECT 1
  FROM own_link_found AS f
  WHERE
    f.class_l = own_link.class_l
    AND f.class_r = own_link.class_r
    AND f.between_mask & own_link.between_mask = f.between_mask
);

INSERT INTO own_link FROM own_link_found;

SELECT count(*) FROM own_link_found;

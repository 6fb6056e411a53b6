-- Join classes over one more merge, where they are not joined yet; run until nothing is new.
CREATE OR REPLACE TEMP TABLE own_link_found AS
SELECT
  found.party,
  found.class_l,
  found.class_r,
  found.between_mask,
  found.probability
FROM
  (
    SELECT
      l.party,
      l.class_l,
      d.class_r,
      l.between_mask | n.bit AS between_mask,
      least(l.probability, d.probability) AS probability
    FROM
      own_link AS l
      JOIN own_direct AS d ON d.party = l.party AND d.class_l = l.class_r AND d.class_r <> l.class_l
      JOIN (SELECT DISTINCT class, bit FROM own_native) AS n ON n.class = d.class_l
      ANTI JOIN own_link AS known ON known.class_l = l.class_l AND known.class_r = d.class_r
  ) AS found
QUALIFY
  row_number() OVER (
    PARTITION BY found.class_l, found.class_r
    ORDER BY bit_count(found.between_mask), found.probability DESC, found.between_mask
  ) = 1;

INSERT INTO own_link FROM own_link_found;

SELECT count(*) FROM own_link_found;

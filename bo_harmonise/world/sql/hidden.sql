-- Rows of hidden_common_owner, and whether each is true.
--
-- judged_owner   one row a row: the true owner at the top of each chain and the true companies at their ends, told by the
--                records that the statements name; `status` is that of the true pair, null where there is none
CREATE OR REPLACE TEMP TABLE judged_owner AS
WITH
  told AS (
    SELECT
      row_number() OVER () AS place,
      owner_party_id,
      company_l_party_id,
      company_r_party_id,
      registers_needed,
      statement_ids_l[1] AS first_l,
      statement_ids_r[1] AS first_r,
      statement_ids_l[-1] AS last_l,
      statement_ids_r[-1] AS last_r
    FROM
      hidden_common_owner
  ),
  named AS (
    SELECT
      told.*,
      ol.truth AS owner_l,
      o_r.truth AS owner_r,
      cl.truth AS company_l,
      cr.truth AS company_r
    FROM
      told
      LEFT JOIN current_relationship AS fl ON fl.statement_id = first_l
      LEFT JOIN current_relationship AS fr ON fr.statement_id = first_r
      LEFT JOIN current_relationship AS ll ON ll.statement_id = last_l
      LEFT JOIN current_relationship AS lr ON lr.statement_id = last_r
      LEFT JOIN true_record AS ol ON ol.record_id = fl.interested_party_record_id
      LEFT JOIN true_record AS o_r ON o_r.record_id = fr.interested_party_record_id
      LEFT JOIN true_record AS cl ON cl.record_id = ll.subject_record_id
      LEFT JOIN true_record AS cr ON cr.record_id = lr.subject_record_id
  )
SELECT
  named.*,
  t.status,
  -- A wrong row is laid to the structure that its owner is of.
  coalesce(t.pattern, p.pattern, 'unknown') AS pattern
FROM
  named
  LEFT JOIN true_common_owner AS t
    ON named.owner_l = named.owner_r
    AND t.owner = named.owner_l
    AND t.company_l = least(named.company_l, named.company_r)
    AND t.company_r = greatest(named.company_l, named.company_r)
  LEFT JOIN true_party AS p ON p.party_id = named.owner_l;

-- Pairs that the tool had to find, and whether it did.
CREATE OR REPLACE TEMP TABLE wanted_owner AS
SELECT
  t.*,
  EXISTS (
    SELECT 1
    FROM judged_owner AS j
    WHERE
      j.status IS NOT NULL
      AND j.owner_l = t.owner
      AND least(j.company_l, j.company_r) = t.company_l
      AND greatest(j.company_l, j.company_r) = t.company_r
  ) AS is_found
FROM
  true_common_owner AS t
WHERE
  t.status = 'row';

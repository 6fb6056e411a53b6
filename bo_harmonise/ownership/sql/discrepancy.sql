-- Where do two registers describe one company differently?
--
-- One row a (party, subject of disagreement, pair of registers), register_l before register_r in the alphabet. Names are
-- compared without case, marks and spaces; addresses by post code. An owner counts as absent where the other register
-- states owners of the same company, but not this one.
CREATE OR REPLACE TEMP TABLE own_described AS
SELECT
  r.party,
  r.register,
  e.statement_id,
  e.name,
  list_transform(
    list_distinct(list_prepend(e.name, coalesce(e.alternate_names, []))),
    lambda n: regexp_replace(lower(strip_accents(n)), '[^\p{L}\p{N}]', '', 'g')
  ) AS plain_names,
  e.status,
  CAST(e.founding_date AS VARCHAR) AS founding_date,
  CAST(e.dissolution_date AS VARCHAR) AS dissolution_date,
  e.jurisdiction,
  list_filter(
    list_transform(
      coalesce(e.addresses, []),
      -- LV-1010 and 1010 are one post code of Latvia.
      lambda a: regexp_replace(
        upper(regexp_replace(coalesce(a.post_code, ''), '[^\p{L}\p{N}]', '', 'g')),
        '^' || coalesce(a.country, left(e.jurisdiction, 2), '-'),
        ''
      )
    ),
    lambda c: c <> ''
  ) AS post_codes,
  list_transform(coalesce(e.addresses, []), lambda a: concat_ws(', ', a.address, a.locality, a.post_code, a.country))
    AS told_addresses,
  -- The seat and the head office are often one place: it is told once.
  list_filter(told_addresses, lambda a, i: list_position(told_addresses, a) = i) AS addresses
FROM
  current_entity AS e
  JOIN own_record AS r USING (record_id)
WHERE
  e.record_status <> 'closed'
  AND r.party IN (
    SELECT party FROM own_record GROUP BY party HAVING count(DISTINCT register) > 1
  )
QUALIFY
  row_number() OVER (PARTITION BY r.party, r.register ORDER BY e.statement_date DESC NULLS LAST, e.statement_id) = 1;

CREATE OR REPLACE TEMP TABLE own_discrepancy AS
WITH
  both_sides AS (
    SELECT
      l.party,
      l.register AS register_l,
      r.register AS register_r,
      l.statement_id AS statement_id_l,
      r.statement_id AS statement_id_r,
      l AS l,
      r AS r
    FROM
      own_described AS l
      JOIN own_described AS r ON r.party = l.party AND r.register > l.register
  ),
  described AS (
    SELECT party, 'name' AS about, register_l, register_r, l.name AS value_l, r.name AS value_r, statement_id_l, statement_id_r
    FROM both_sides
    WHERE l.name IS NOT NULL AND r.name IS NOT NULL AND NOT list_has_any(l.plain_names, r.plain_names)
    UNION ALL
    SELECT party, 'status', register_l, register_r, l.status, r.status, statement_id_l, statement_id_r
    FROM both_sides
    WHERE l.status <> r.status AND 'unknown' NOT IN (l.status, r.status)
    UNION ALL
    SELECT party, 'founding_date', register_l, register_r, l.founding_date, r.founding_date, statement_id_l, statement_id_r
    FROM both_sides
    WHERE l.founding_date <> r.founding_date
    UNION ALL
    SELECT
      party, 'dissolution_date', register_l, register_r, l.dissolution_date, r.dissolution_date, statement_id_l,
      statement_id_r
    FROM both_sides
    WHERE l.dissolution_date <> r.dissolution_date
    UNION ALL
    SELECT party, 'jurisdiction', register_l, register_r, l.jurisdiction, r.jurisdiction, statement_id_l, statement_id_r
    FROM both_sides
    WHERE left(l.jurisdiction, 2) <> left(r.jurisdiction, 2)
    UNION ALL
    SELECT
      party, 'address', register_l, register_r, array_to_string(l.addresses, '; '), array_to_string(r.addresses, '; '),
      statement_id_l, statement_id_r
    FROM both_sides
    WHERE len(l.post_codes) > 0 AND len(r.post_codes) > 0 AND NOT list_has_any(l.post_codes, r.post_codes)
  ),
  -- Direct stakes of one owner in one company, by register.
  stakes AS (
    SELECT
      s.*,
      o.party_id AS owner_party_id,
      format('{}{:.6g}, {:.6g}{}', CASE WHEN min_exclusive THEN '(' ELSE '[' END, share_min, share_max,
        CASE WHEN max_exclusive THEN ')' ELSE ']' END) AS interval_text
    FROM
      own_register_stake AS s
      JOIN own_party AS o ON o.party = s.owner
    WHERE
      NOT s.is_conclusion
  ),
  shares AS (
    SELECT
      l.owned AS party,
      'share' AS about,
      l.register AS register_l,
      r.register AS register_r,
      l.owner_party_id || ' ' || l.dimension || ' ' || l.interval_text AS value_l,
      r.owner_party_id || ' ' || r.dimension || ' ' || r.interval_text AS value_r,
      l.statement_ids[1] AS statement_id_l,
      r.statement_ids[1] AS statement_id_r
    FROM
      stakes AS l
      JOIN stakes AS r
        ON r.owner = l.owner AND r.owned = l.owned AND r.dimension = l.dimension AND r.register > l.register
    WHERE
      l.is_quantified
      AND r.is_quantified
      -- A figure of unknown kind may be of votes: it does not contradict one of shares.
      AND l.is_kind_known
      AND r.is_kind_known
      AND (
        l.share_min > r.share_max
        OR r.share_min > l.share_max
        OR (l.share_min = r.share_max AND (coalesce(l.min_exclusive, false) OR coalesce(r.max_exclusive, false)))
        OR (r.share_min = l.share_max AND (coalesce(r.min_exclusive, false) OR coalesce(l.max_exclusive, false)))
      )
  ),
  starts AS (
    SELECT
      l.owned, 'start_date', l.register, r.register,
      l.owner_party_id || ' ' || l.dimension || ' ' || l.start_date,
      r.owner_party_id || ' ' || r.dimension || ' ' || r.start_date,
      l.statement_ids[1], r.statement_ids[1]
    FROM
      stakes AS l
      JOIN stakes AS r
        ON r.owner = l.owner AND r.owned = l.owned AND r.dimension = l.dimension AND r.register > l.register
    WHERE
      l.start_date <> r.start_date
      AND l.is_kind_known = r.is_kind_known
      -- What is of unknown kind stands in each dimension, and is compared once.
      AND (l.is_kind_known OR l.dimension = 'economic')
  ),
  -- Every owner that a register states, by whatever interest, direct or not.
  owners AS (
    SELECT
      s.owned, s.register, s.owner, o.party_id AS owner_party_id, o.kind, min(s.statement_ids[1]) AS statement_id
    FROM own_register_stake AS s JOIN own_party AS o ON o.party = s.owner
    GROUP BY s.owned, s.register, s.owner, o.party_id, o.kind
  ),
  -- Compared like with like: persons with persons that the other register states, companies with companies.
  tellers AS (
    SELECT DISTINCT owned, register, kind FROM owners
  ),
  absent AS (
    SELECT
      o.owned,
      'owner',
      least(o.register, t.register),
      greatest(o.register, t.register),
      CASE WHEN o.register < t.register THEN o.owner_party_id END,
      CASE WHEN o.register > t.register THEN o.owner_party_id END,
      CASE WHEN o.register < t.register THEN o.statement_id END,
      CASE WHEN o.register > t.register THEN o.statement_id END
    FROM
      owners AS o
      JOIN tellers AS t ON t.owned = o.owned AND t.kind = o.kind AND t.register <> o.register
      ANTI JOIN owners AS same ON same.owned = o.owned AND same.register = t.register AND same.owner = o.owner
  ),
  -- A beneficial owner whom one register declares of a company that another register says has none, or whose
  -- indirect share lies apart from what the chains give.
  concluded AS (
    SELECT
      c.party,
      'indirect_share',
      k.registers[1],
      'chains',
      k.owner_party_id || ' ' || k.dimension || ' ' || format('[{:.6g}, {:.6g}]', k.declared_min, k.declared_max),
      k.owner_party_id || ' ' || k.dimension || ' ' || format('[{:.6g}, {:.6g}]', k.chain_min, k.chain_max),
      k.statement_ids[1],
      NULL
    FROM
      own_conclusion AS k
      JOIN own_party AS c ON c.party_id = k.company_party_id
    WHERE
      k.is_quantified
      AND k.chain_min IS NOT NULL
      AND (k.declared_min > k.chain_max + 1e-9 OR k.declared_max < k.chain_min - 1e-9)
  ),
  denied AS (
    SELECT
      c.party AS owned,
      'no_beneficial_owner' AS about,
      least(split_part(s.source_id, '@', 1), o.register) AS register_l,
      greatest(split_part(s.source_id, '@', 1), o.register) AS register_r,
      CASE WHEN o.register < split_part(s.source_id, '@', 1) THEN o.owner_party_id ELSE s.interested_party_reason END,
      CASE WHEN o.register < split_part(s.source_id, '@', 1) THEN s.interested_party_reason ELSE o.owner_party_id END,
      CASE WHEN o.register < split_part(s.source_id, '@', 1) THEN o.statement_id ELSE s.statement_id END,
      CASE WHEN o.register < split_part(s.source_id, '@', 1) THEN s.statement_id ELSE o.statement_id END
    FROM
      current_relationship AS s
      JOIN own_record AS c ON c.record_id = s.subject_record_id
      JOIN owners AS o
        ON o.owned = c.party AND o.kind = 'person' AND o.register <> split_part(s.source_id, '@', 1)
    WHERE
      s.interested_party_reason = 'noBeneficialOwners'
      AND s.record_status <> 'closed'
  )
SELECT
  p.party_id,
  d.about,
  d.register_l,
  d.register_r,
  d.value_l,
  d.value_r,
  d.statement_id_l,
  d.statement_id_r
FROM
  (
    FROM described
    UNION ALL FROM shares
    UNION ALL FROM starts
    UNION ALL FROM absent
    UNION ALL FROM concluded
    UNION ALL FROM denied
  ) AS d
  JOIN own_party AS p USING (party)
GROUP BY
  ALL
ORDER BY
  ALL;

-- What each register states by itself serves here last.
DROP TABLE own_register_stake;

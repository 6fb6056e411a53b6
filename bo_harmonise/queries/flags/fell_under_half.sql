-- Question: Which listed parties hold a stake just under a half (40 to 50 %) that was a half or more before?
-- Kind: risk
-- Columns: party_id of the listed party; evidence: company, share before and now, end of the former stake, start of the
-- present one, first listing, days from the listing, statements
-- Example: 60 % cut down to 49 % in the month of the listing
WITH
  listed AS (
    SELECT
      r.party_id,
      min(l.start_date) AS listed_on,
      arg_min(l.list, l.start_date) AS list_name
    FROM
      (
        SELECT record_id, unnest(listings) AS l FROM current_person
        UNION ALL
        SELECT record_id, unnest(listings) AS l FROM current_entity
      ) AS x
      JOIN party_record AS r USING (record_id)
    GROUP BY
      r.party_id
  ),
  present AS (
    SELECT
      e.owner_party_id AS owner,
      e.owned_party_id AS company,
      e.share_min,
      e.share_max,
      e.start_date,
      e.statement_ids
    FROM
      ownership_edge AS e
    WHERE
      e.dimension = 'economic'
      AND e.basis = 'direct'
      AND e.share_min >= 40
      AND e.share_max <= 50
      AND (e.share_max < 50 OR e.share_max_exclusive)
  ),
  former AS (
    SELECT
      o.party_id AS owner,
      c.party_id AS company,
      coalesce(i.share_exact, i.share_min) AS share_min,
      coalesce(i.share_exact, i.share_max) AS share_max,
      coalesce(
        i.end_date, CASE WHEN s.record_status = 'closed' THEN TRY_CAST(left(s.statement_date, 10) AS DATE) END
      ) AS end_date,
      s.statement_id
    FROM
      (SELECT *, unnest(interests) AS i FROM current_relationship) AS s
      JOIN party_record AS o ON o.record_id = s.interested_party_record_id
      JOIN party_record AS c ON c.record_id = s.subject_record_id
    WHERE
      i.type = 'shareholding'
      AND coalesce(i.share_exact, i.share_min) >= 50
  )
SELECT
  p.owner AS party_id,
  to_json({
    'company': p.company,
    'share_before_min': f.share_min,
    'share_before_max': f.share_max,
    'share_min': p.share_min,
    'share_max': p.share_max,
    'former_stake_ended': f.end_date,
    'present_stake_began': p.start_date,
    'list': l.list_name,
    'listed_on': l.listed_on,
    'days_after_listing': date_diff('day', l.listed_on, f.end_date),
    'statement_id_before': f.statement_id,
    'statement_ids': p.statement_ids
  }) AS evidence
FROM
  present AS p
  JOIN listed AS l ON l.party_id = p.owner
  JOIN former AS f ON f.owner = p.owner AND f.company = p.company
WHERE
  f.end_date <= CAST($as_of AS DATE);

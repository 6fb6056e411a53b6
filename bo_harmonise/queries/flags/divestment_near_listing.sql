-- Question: Which listed parties gave up a stake within 90 days of being listed, and who took it over?
-- Kind: risk
-- Columns: party_id of the listed party; evidence: list and date, company, end of the stake, days from the listing, and who
-- took a stake within 90 days of that end: the same party with less, or others, with what they share with it
-- Example: 60 % given to a son a week before the listing; 60 % cut down to 49 % a day after it
WITH
  listed AS (
    SELECT DISTINCT
      r.party_id,
      l.list AS list_name,
      l.start_date AS listed_on
    FROM
      (
        SELECT record_id, unnest(listings) AS l FROM current_person
        UNION ALL
        SELECT record_id, unnest(listings) AS l FROM current_entity
      ) AS x
      JOIN party_record AS r USING (record_id)
    WHERE
      l.start_date IS NOT NULL
  ),
  interest AS (
    SELECT
      o.party_id AS owner,
      c.party_id AS company,
      s.statement_id,
      coalesce(i.share_exact, i.share_max) AS share_max,
      i.start_date,
      coalesce(
        i.end_date, CASE WHEN s.record_status = 'closed' THEN TRY_CAST(left(s.statement_date, 10) AS DATE) END
      ) AS end_date
    FROM
      (SELECT *, unnest(interests) AS i FROM current_relationship) AS s
      JOIN party_record AS o ON o.record_id = s.interested_party_record_id
      JOIN party_record AS c ON c.record_id = s.subject_record_id
    WHERE
      i.type NOT IN ('boardMember', 'boardChair', 'seniorManagingOfficial', 'nominee')
  ),
  given_up AS (
    SELECT
      l.*,
      n.company,
      n.share_max,
      n.end_date,
      n.statement_id
    FROM
      listed AS l
      JOIN interest AS n ON n.owner = l.party_id
    WHERE
      n.end_date BETWEEN l.listed_on - INTERVAL 90 DAY AND l.listed_on + INTERVAL 90 DAY
  ),
  trait AS (
    SELECT
      r.party_id,
      list(DISTINCT lower(strip_accents(n.family_name))) FILTER (n.family_name IS NOT NULL) AS family_names
    FROM
      (SELECT record_id, unnest(names) AS n FROM current_person) AS x
      JOIN party_record AS r USING (record_id)
    GROUP BY
      r.party_id
  ),
  home AS (
    SELECT
      r.party_id,
      list(DISTINCT regexp_replace(lower(strip_accents(concat_ws('', a.address, a.post_code))), '[^\p{L}\p{N}]', '', 'g'))
        AS addresses
    FROM
      (
        SELECT record_id, unnest(addresses) AS a FROM current_person
        UNION ALL
        SELECT record_id, unnest(addresses) AS a FROM current_entity
      ) AS x
      JOIN party_record AS r USING (record_id)
    WHERE
      a.address IS NOT NULL
    GROUP BY
      r.party_id
  ),
  taken AS (
    SELECT
      g.party_id,
      g.company,
      g.end_date,
      g.statement_id,
      {
        'party_id': n.owner,
        'start_date': n.start_date,
        'share_max': n.share_max,
        'is_same_party': n.owner = g.party_id,
        'shares_family_name': coalesce(list_has_any(t.family_names, u.family_names), false),
        'shares_address': coalesce(list_has_any(h.addresses, k.addresses), false),
        'statement_id': n.statement_id
      } AS successor
    FROM
      given_up AS g
      JOIN interest AS n
        ON n.company = g.company
        AND n.statement_id <> g.statement_id
        AND n.start_date BETWEEN g.end_date - INTERVAL 7 DAY AND g.end_date + INTERVAL 90 DAY
      LEFT JOIN trait AS t ON t.party_id = g.party_id
      LEFT JOIN trait AS u ON u.party_id = n.owner
      LEFT JOIN home AS h ON h.party_id = g.party_id
      LEFT JOIN home AS k ON k.party_id = n.owner
  )
SELECT
  g.party_id,
  to_json({
    'list': g.list_name,
    'listed_on': g.listed_on,
    'company': g.company,
    'share_max': g.share_max,
    'stake_ended': g.end_date,
    'days_after_listing': date_diff('day', g.listed_on, g.end_date),
    'statement_id': g.statement_id,
    'successors': coalesce(
      (
        SELECT list(t.successor ORDER BY t.successor.start_date, t.successor.statement_id)
        FROM taken AS t
        WHERE t.party_id = g.party_id AND t.statement_id = g.statement_id
      ),
      []
    )
  }) AS evidence
FROM
  given_up AS g;

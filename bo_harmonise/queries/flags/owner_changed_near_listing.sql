-- Question: Which companies changed owners within 90 days of a listing of the company or of one of its owners?
-- Kind: risk
-- Columns: party_id of the company; evidence: the owner, whether its stake began or ended, the day, the nearest listing (who,
-- on which list, since when, whether it is the company, this owner or another one), days from the listing, statements
-- Example: a new holder appears a month after the majority owner was listed
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
      AND coalesce(i.direct_or_indirect, 'unknown') <> 'indirect'
  ),
  -- Companies that a listing is about: their own, or that of a party that owned a part of them on the day.
  concerned AS (
    SELECT party_id AS company, party_id AS listed_party, list_name, listed_on FROM listed
    UNION
    SELECT n.company, l.party_id, l.list_name, l.listed_on
    FROM
      listed AS l
      JOIN interest AS n ON n.owner = l.party_id
    WHERE
      (n.start_date IS NULL OR n.start_date <= l.listed_on + INTERVAL 90 DAY)
      AND (n.end_date IS NULL OR n.end_date >= l.listed_on - INTERVAL 90 DAY)
  ),
  stake AS (
    SELECT * FROM interest WHERE company IN (SELECT company FROM concerned)
  ),
  change AS (
    SELECT owner, company, 'began' AS change, start_date AS day, statement_id FROM stake WHERE start_date IS NOT NULL
    UNION ALL
    SELECT owner, company, 'ended', end_date, statement_id FROM stake WHERE end_date IS NOT NULL
  ),
  -- A stake that another statement on the same pair carries on over that day is no change of owner.
  changed AS (
    SELECT
      c.owner,
      c.company,
      c.change,
      c.day,
      list(DISTINCT c.statement_id ORDER BY c.statement_id) AS statement_ids
    FROM
      change AS c
      ANTI JOIN stake AS s
        ON s.owner = c.owner
        AND s.company = c.company
        AND s.statement_id <> c.statement_id
        AND CASE
          WHEN c.change = 'began'
            THEN (s.start_date IS NULL OR s.start_date < c.day) AND (s.end_date IS NULL OR s.end_date >= c.day)
          ELSE (s.start_date IS NULL OR s.start_date <= c.day) AND (s.end_date IS NULL OR s.end_date > c.day)
        END
    GROUP BY
      c.owner,
      c.company,
      c.change,
      c.day
  ),
  near AS (
    SELECT
      c.company,
      c.owner,
      c.change,
      c.day,
      c.statement_ids,
      k.listed_party,
      k.list_name,
      k.listed_on
    FROM
      changed AS c
      JOIN concerned AS k USING (company)
    WHERE
      c.day BETWEEN k.listed_on - INTERVAL 90 DAY AND k.listed_on + INTERVAL 90 DAY
      AND c.day <= CAST($as_of AS DATE)
    QUALIFY
      row_number() OVER (
        PARTITION BY c.company, c.owner, c.change, c.day
        ORDER BY abs(date_diff('day', k.listed_on, c.day)), k.listed_on, k.listed_party, k.list_name
      ) = 1
  )
SELECT
  company AS party_id,
  to_json({
    'owner': owner,
    'change': change,
    'day': day,
    'listed_party': listed_party,
    'listed_is': CASE listed_party WHEN company THEN 'the company' WHEN owner THEN 'this owner' ELSE 'another owner' END,
    'list': list_name,
    'listed_on': listed_on,
    'days_after_listing': date_diff('day', listed_on, day),
    'statement_ids': statement_ids
  }) AS evidence
FROM
  near;

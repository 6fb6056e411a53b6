-- Which pairs are worth a row? Those that one register alone does not show, between companies of which neither holds
-- the other (own_related), unless the same registers show already that the owner holds the company before one of the
-- two on its chain: then the pair follows from that row and is counted there.
CREATE OR REPLACE TEMP TABLE own_hidden AS
SELECT
  p.*,
  bit_count(p.mask) AS registers_needed
FROM
  own_pair AS p
  ANTI JOIN own_related AS r ON r.company_l = p.company_l AND r.company_r = p.company_r
WHERE
  bit_count(p.mask) > 1;

CREATE OR REPLACE TEMP TABLE own_hidden_follows AS
WITH
  nearer AS (
    SELECT owner, company_l, company_r, mask, chain_l[-2] AS before, company_r AS other FROM own_hidden WHERE len(chain_l) > 2
    UNION ALL
    SELECT owner, company_l, company_r, mask, chain_r[-2] AS before, company_l AS other FROM own_hidden WHERE len(chain_r) > 2
  )
SELECT DISTINCT
  n.owner,
  n.company_l,
  n.company_r
FROM
  nearer AS n
  JOIN own_hidden AS h
    ON h.owner = n.owner
    AND h.company_l = least(n.before, n.other)
    AND h.company_r = greatest(n.before, n.other)
    AND h.mask = n.mask;

CREATE OR REPLACE TEMP TABLE own_hidden_row AS
SELECT
  o.party_id AS owner_party_id,
  o.name AS owner_name,
  l.party_id AS company_l_party_id,
  r.party_id AS company_r_party_id,
  l.name AS company_l_name,
  r.name AS company_r_name,
  (SELECT list(b.register ORDER BY b.register) FROM own_bit AS b WHERE b.bit & h.mask <> 0) AS registers,
  CAST(h.registers_needed AS BIGINT) AS registers_needed,
  h.owner,
  h.company_l,
  h.company_r,
  h.match_probability,
  h.chain_l,
  h.chain_r,
  h.statement_ids,
  h.match_probability_combined,
  h.merges,
  h.statement_ids_l,
  h.statement_ids_r,
  pl.jurisdictions AS jurisdictions_l,
  pr.jurisdictions AS jurisdictions_r
FROM
  own_hidden AS h
  ANTI JOIN own_hidden_follows AS f
    ON f.owner = h.owner AND f.company_l = h.company_l AND f.company_r = h.company_r
  JOIN own_party AS o ON o.party = h.owner
  JOIN own_party AS l ON l.party = h.company_l
  JOIN own_party AS r ON r.party = h.company_r
  JOIN party AS pl ON pl.party_id = l.party_id
  JOIN party AS pr ON pr.party_id = r.party_id
ORDER BY
  h.owner,
  h.company_l,
  h.company_r;

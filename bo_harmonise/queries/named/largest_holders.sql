-- Question: Who holds stakes in the most companies, directly or through others?
-- Columns: party_id, name, kind, number of companies, number of jurisdictions of these.
-- Example: bo-harmonise query largest-holders -w WS
SELECT
    party.party_id,
    name_or_number(party.name, party.identifiers) AS name,
    party.kind,
    count(DISTINCT company_party_id) AS companies,
    count(DISTINCT left(company.jurisdictions[1], 2)) AS jurisdictions
FROM effective_ownership
JOIN party ON party.party_id = owner_party_id
JOIN party AS company ON company.party_id = company_party_id
GROUP BY ALL
ORDER BY companies DESC, name, party.party_id;

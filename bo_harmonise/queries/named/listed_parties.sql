-- Question: Which parties are on a list, by whom and since when?
-- Columns: party, list, authority, programme, first and last day, whether it is in force at the date of the database,
--   number of companies in which the party holds something, statement.
-- Example: bo-harmonise query listed-parties -w WS
WITH held AS (
    SELECT owner_party_id AS party_id, count(DISTINCT company_party_id) AS companies
    FROM effective_ownership
    GROUP BY owner_party_id
)
SELECT
    name_or_number(party.name, party.identifiers) AS party,
    party.kind,
    list,
    authority,
    programme,
    start_date,
    end_date,
    is_in_force,
    coalesce(held.companies, 0) AS companies,
    listing.party_id,
    listing.statement_id
FROM listing
JOIN party ON party.party_id = listing.party_id
LEFT JOIN held ON held.party_id = listing.party_id
ORDER BY party, listing.party_id, start_date, list, authority, programme, end_date, listing.statement_id;

-- Question: Which companies own a part of themselves, through others or directly?
-- Columns: company, dimension, stake in itself in per cent, the loop.
-- Example: bo-harmonise query circular-ownership -w WS
WITH RECURSIVE walk AS (
    SELECT owner_party_id AS start, [owner_party_id, owned_party_id] AS chain FROM ownership_edge
    UNION -- drops the rows that a pair has for each dimension: DuckDB 1.5 loses rows where a recursion joins an aggregate
    SELECT start, list_append(chain, owned_party_id)
    FROM walk
    JOIN ownership_edge ON owner_party_id = chain[-1]
    WHERE chain[-1] <> start AND NOT list_contains(chain[2:], owned_party_id)
)
SELECT name_or_number(party.name, party.identifiers) AS company, len(chain) - 1 AS steps, chain_names(chain) AS loop, start AS party_id, chain
FROM walk
JOIN party ON party.party_id = start
WHERE chain[-1] = start AND start = list_min(chain)
ORDER BY steps, company, chain;

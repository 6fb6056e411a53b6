-- Question: How many entities of each register have an identifier, of which schemes, and do the check digits hold?
-- Columns: register, scheme, entities with it, how many pass, fail, or have no test.
-- Example: bo-harmonise query quality-identifiers -w WS
SELECT
    split_part(entity.record_id, ':', 1) AS register,
    coalesce(identifier.scheme, identifier.scheme_name, 'none') AS scheme,
    count(DISTINCT entity.record_id) AS entities,
    count(*) FILTER (identifier.is_valid) AS valid,
    count(*) FILTER (NOT identifier.is_valid) AS invalid,
    count(*) FILTER (identifier.id IS NOT NULL AND identifier.is_valid IS NULL) AS untested
FROM current_entity AS entity
LEFT JOIN identifier ON identifier.record_id = entity.record_id AND identifier.kind = 'entity'
GROUP BY ALL
ORDER BY register, entities DESC, scheme;

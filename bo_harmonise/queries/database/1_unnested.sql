-- What statements hold in lists, one row each. Statements in force; all versions are in entity, person, relationship.

CREATE VIEW interest AS
SELECT
    relationship.statement_id,
    relationship.record_id,
    relationship.subject_record_id,
    relationship.interested_party_record_id,
    relationship.interested_party_type,
    relationship.interested_party_reason,
    item.type,
    item.direct_or_indirect,
    item.beneficial_ownership_or_control,
    item.share_exact,
    item.share_min,
    item.share_max,
    item.share_min_exclusive,
    item.share_max_exclusive,
    item.start_date,
    item.end_date,
    item.details,
    relationship.source_id
FROM current_relationship AS relationship, unnest(interests) AS unnested(item);

CREATE VIEW identifier AS
SELECT record_id, 'entity' AS kind, item.scheme, item.scheme_name, item.id, item.uri, item.is_valid, statement_id
FROM current_entity, unnest(identifiers) AS unnested(item)
UNION ALL
SELECT record_id, 'person', item.scheme, item.scheme_name, item.id, item.uri, item.is_valid, statement_id
FROM current_person, unnest(identifiers) AS unnested(item);

CREATE VIEW name AS
SELECT record_id, 'entity' AS kind, 'legal' AS type, name AS full_name, NULL::VARCHAR AS given_name, NULL::VARCHAR AS family_name, NULL::VARCHAR AS patronymic_name, statement_id
FROM current_entity
WHERE name IS NOT NULL
UNION ALL
SELECT record_id, 'entity', 'alternative', item, NULL, NULL, NULL, statement_id
FROM current_entity, unnest(alternate_names) AS unnested(item)
UNION ALL
SELECT record_id, 'person', item.type, item.full_name, item.given_name, item.family_name, item.patronymic_name, statement_id
FROM current_person, unnest(names) AS unnested(item);

CREATE VIEW address AS
SELECT record_id, 'entity' AS kind, item.type, item.address, item.locality, item.region, item.post_code, item.country, statement_id
FROM current_entity, unnest(addresses) AS unnested(item)
UNION ALL
SELECT record_id, 'person', item.type, item.address, item.locality, item.region, item.post_code, item.country, statement_id
FROM current_person, unnest(addresses) AS unnested(item);

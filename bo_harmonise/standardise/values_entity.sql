-- Which distinct names, legal forms, addresses and identifiers do entities have?
COPY (
    SELECT DISTINCT stated.name
    FROM current_entity AS entity,
        unnest(list_concat([entity.name], coalesce(entity.alternate_names, []))) AS stated(name)
    WHERE stated.name IS NOT NULL
) TO $names (FORMAT parquet);

COPY (
    SELECT DISTINCT address.address, address.locality, address.post_code, address.country
    FROM current_entity, unnest(addresses) AS stated(address)
) TO $addresses (FORMAT parquet);

COPY (
    SELECT DISTINCT identifier.scheme, identifier.id
    FROM current_entity, unnest(identifiers) AS stated(identifier)
    WHERE identifier.id IS NOT NULL
) TO $identifiers (FORMAT parquet);

COPY (
    SELECT DISTINCT legal_form_code, legal_form_native
    FROM current_entity
    WHERE legal_form_code IS NOT NULL OR legal_form_native IS NOT NULL
) TO $forms (FORMAT parquet);

-- Which distinct names, legal forms, addresses and identifiers do entities have?
COPY (
    SELECT DISTINCT stated.name
    FROM stated_record AS entity,
        unnest(list_concat([entity.name], coalesce(entity.alternate_names, []))) AS stated(name)
    WHERE stated.name IS NOT NULL
) TO $names (FORMAT parquet);

COPY (
    SELECT DISTINCT address.address, address.locality, address.post_code, address.country
    FROM stated_record, unnest(addresses) AS stated(address)
) TO $addresses (FORMAT parquet);

COPY (
    SELECT DISTINCT identifier.scheme, identifier.id
    FROM stated_record, unnest(identifiers) AS stated(identifier)
    WHERE identifier.id IS NOT NULL
) TO $identifiers (FORMAT parquet);

COPY (
    SELECT DISTINCT legal_form_code, legal_form_native
    FROM stated_record
    WHERE legal_form_code IS NOT NULL OR legal_form_native IS NOT NULL
) TO $forms (FORMAT parquet);

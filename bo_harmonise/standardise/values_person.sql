-- Which distinct names, addresses and identifiers do people have?
COPY (
    SELECT DISTINCT name.full_name, name.given_name, name.family_name, name.patronymic_name
    FROM stated_record, unnest(names) AS stated(name)
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

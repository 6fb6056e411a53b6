-- What are entities compared by? One row a current entity record.
-- $names, $forms, $addresses and $identifiers hold what the value functions made of the distinct values.
COPY (
    WITH stated_name AS (
        SELECT
            record_id,
            unnest(list_concat([name], coalesce(alternate_names, []))) AS name,
            generate_subscripts(list_concat([name], coalesce(alternate_names, [])), 1) AS position
        FROM stated_record
    ),
    all_name AS (
        SELECT
            stated.record_id,
            flatten(list(parsed.parsed ORDER BY stated.position)) AS names
        FROM stated_name AS stated
        JOIN read_parquet($names) AS parsed ON stated.name = parsed.name
        GROUP BY stated.record_id
    ),
    name AS (
        -- A name that is stated twice, or in two ways that read alike, counts once.
        SELECT
            record_id,
            list_filter(
                names,
                lambda n, i: i = 1
                    OR list_position(
                        list_transform(names, lambda m: m.full || '|' || m.script), n.full || '|' || n.script
                    ) = i
            ) AS names
        FROM all_name
    ),
    stated_address AS (
        SELECT record_id, unnest(addresses) AS address FROM stated_record
    ),
    address AS (
        SELECT
            stated.record_id,
            list_sort(list_distinct(list(parsed.key))) AS keys,
            list_sort(list_distinct(list(parsed.place || '|' || parsed.code))) AS post_codes,
            list_sort(list_distinct(list(parsed.town))) AS localities,
            list_sort(list_distinct(list(parsed.place))) AS countries,
            list_sort(list_distinct(flatten(list(parsed.tokens)))) AS tokens
        FROM stated_address AS stated
        JOIN read_parquet($addresses) AS parsed
            ON stated.address.address IS NOT DISTINCT FROM parsed.address
            AND stated.address.locality IS NOT DISTINCT FROM parsed.locality
            AND stated.address.post_code IS NOT DISTINCT FROM parsed.post_code
            AND stated.address.country IS NOT DISTINCT FROM parsed.country
        GROUP BY stated.record_id
    ),
    -- A register that names a kind of number without a code for it (a company number of the Seychelles) gives each
    -- party one, all the same. Not where it repeats what others told it (a reference), nor where the name is itself
    -- a code that says nothing (RA888888 of GLEIF: any other authority).
    stated_identifier AS (
        SELECT
            record_id,
            identifier,
            CASE
                WHEN identifier.scheme IS NULL AND NOT coalesce(is_reference, false)
                    AND NOT regexp_full_match(identifier.scheme_name, '|[A-Z]{2}[0-9]+')
                    THEN split_part(record_id, ':', 1) || ' ' || replace(identifier.scheme_name, ':', ' ')
            END AS kind
        FROM (SELECT record_id, is_reference, unnest(identifiers) AS identifier FROM stated_record)
    ),
    identifier AS (
        SELECT
            stated.record_id,
            list_sort(list_distinct(list_concat(
                flatten(list(parsed.keys)),
                flatten(list(CASE WHEN stated.kind IS NOT NULL THEN
                    list_transform(parsed.keys, lambda k: stated.kind || substr(k, strpos(k, ':')))
                END))
            ))) AS keys,
            list_sort(list_distinct(list(parsed.country))) AS countries
        FROM stated_identifier AS stated
        JOIN read_parquet($identifiers) AS parsed
            ON stated.identifier.scheme IS NOT DISTINCT FROM parsed.scheme
            AND stated.identifier.id = parsed.id
        GROUP BY stated.record_id
    )
    SELECT
        entity.record_id,
        entity.source_id,
        split_part(entity.record_id, ':', 1) AS register,
        coalesce(name.names, []) AS names,
        coalesce(form.form, list_filter(name.names, lambda n: n.legal_form IS NOT NULL)[1].legal_form) AS legal_form,
        coalesce(form.form_class, list_filter(name.names, lambda n: n.legal_form IS NOT NULL)[1].legal_form_class)
            AS legal_form_class,
        CASE WHEN entity.jurisdiction IS NULL THEN [] ELSE [upper(entity.jurisdiction[:2])] END AS jurisdictions,
        list_sort(list_distinct(list_filter(
            list_concat(
                [upper(entity.jurisdiction[:2])], coalesce(address.countries, []), coalesce(identifier.countries, [])
            ),
            lambda c: c IS NOT NULL
        ))) AS countries,
        coalesce(identifier.keys, []) AS identifiers,
        coalesce(address.keys, []) AS address_keys,
        coalesce(address.post_codes, []) AS post_codes,
        coalesce(address.localities, []) AS localities,
        coalesce(address.tokens, []) AS address_tokens,
        entity.founding_date,
        entity.status
    FROM stated_record AS entity
    LEFT JOIN name USING (record_id)
    LEFT JOIN read_parquet($forms) AS form
        ON entity.legal_form_code IS NOT DISTINCT FROM form.legal_form_code
        AND entity.legal_form_native IS NOT DISTINCT FROM form.legal_form_native
    LEFT JOIN address USING (record_id)
    LEFT JOIN identifier USING (record_id)
    ORDER BY entity.record_id
) TO $out (FORMAT parquet, COMPRESSION zstd);

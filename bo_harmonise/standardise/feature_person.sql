-- What are people compared by? One row a current person record.
-- $names, $addresses and $identifiers hold what the value functions made of the distinct values; $numbers are the kinds of
-- number (`register scheme_name`) that a register gives each person once.
COPY (
    WITH stated_name AS (
        SELECT record_id, unnest(names) AS name, generate_subscripts(names, 1) AS position
        FROM stated_record
    ),
    all_name AS (
        SELECT
            stated.record_id,
            flatten(list(list_transform(parsed.parsed, lambda n: struct_insert(n, type := stated.name.type)) ORDER BY stated.position)) AS names
        FROM stated_name AS stated
        JOIN read_parquet($names) AS parsed
            ON stated.name.full_name IS NOT DISTINCT FROM parsed.full_name
            AND stated.name.given_name IS NOT DISTINCT FROM parsed.given_name
            AND stated.name.family_name IS NOT DISTINCT FROM parsed.family_name
            AND stated.name.patronymic_name IS NOT DISTINCT FROM parsed.patronymic_name
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
    -- A number that a register gives each person once (`person_number` of its adapter) is one of a kind of its own: two of
    -- them speak against one person. Others without a code are of no known kind: a key of an entry, of which people have many.
    stated_identifier AS (
        SELECT
            record_id,
            identifier,
            CASE
                WHEN identifier.scheme IS NULL
                    AND list_contains($numbers, split_part(record_id, ':', 1) || ' ' || identifier.scheme_name)
                    THEN split_part(record_id, ':', 1) || ' ' || replace(identifier.scheme_name, ':', ' ')
            END AS kind
        FROM (SELECT record_id, unnest(identifiers) AS identifier FROM stated_record)
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
    ),
    birth AS (
        -- As much of each date as is one (dates.partial_date): no month 13, no day 44.
        SELECT
            record_id,
            birth_year_min,
            birth_year_max,
            list_sort(list_distinct(list_filter(
                list_transform(
                    list_transform(
                        list_concat([birth_date], coalesce(birth_dates, [])),
                        lambda d: regexp_extract(d, '^[0-9]{4}(-(0[1-9]|1[0-2])(-[0-9]{2})?)?')
                    ),
                    lambda d: CASE WHEN len(d) = 10 AND TRY_CAST(d AS DATE) IS NULL THEN d[:7] ELSE d END
                ),
                lambda d: len(d) >= 4 AND d[:4] <> '0000'
            ))) AS dates
        FROM stated_record
    )
    SELECT
        person.record_id,
        person.source_id,
        split_part(person.record_id, ':', 1) AS register,
        coalesce(name.names, []) AS names,
        birth.dates AS birth_dates,
        CASE
            WHEN len(list_distinct(list_transform(birth.dates, lambda d: d[:4]))) = 1
            THEN CAST(birth.dates[1][:4] AS BIGINT)
        END AS birth_year,
        coalesce(CAST(list_min(birth.dates)[:4] AS BIGINT), birth.birth_year_min) AS birth_year_min,
        coalesce(CAST(list_max(birth.dates)[:4] AS BIGINT), birth.birth_year_max) AS birth_year_max,
        list_sort(list_distinct(list_filter(
            list_concat(
                coalesce(person.nationalities, []), coalesce(person.residence_countries, []),
                coalesce(address.countries, []), coalesce(identifier.countries, [])
            ),
            lambda c: c IS NOT NULL
        ))) AS countries,
        list_sort(list_distinct(list_filter(coalesce(person.nationalities, []), lambda c: c IS NOT NULL)))
            AS nationalities,
        coalesce(identifier.keys, []) AS identifiers,
        coalesce(address.keys, []) AS address_keys,
        coalesce(address.post_codes, []) AS post_codes,
        coalesce(address.localities, []) AS localities,
        coalesce(address.tokens, []) AS address_tokens
    FROM stated_record AS person
    JOIN birth USING (record_id)
    LEFT JOIN name USING (record_id)
    LEFT JOIN address USING (record_id)
    LEFT JOIN identifier USING (record_id)
    ORDER BY person.record_id
) TO $out (FORMAT parquet, COMPRESSION zstd);

-- What speaks for and against each pair of entities? One row a pair: what the comparisons of
-- `models/entity.json` look at. `tf_name` and `tf_address` say how often such an agreement is chance.

-- Between which records do the pairs lie? What records are compared by is read there only.
SET VARIABLE first_l = (SELECT min(l) FROM resolve_pair WHERE unique_id >= $low AND unique_id < $high);

SET VARIABLE last_l = (SELECT max(l) FROM resolve_pair WHERE unique_id >= $low AND unique_id < $high);

SET VARIABLE first_r = (SELECT min(r) FROM resolve_pair WHERE unique_id >= $low AND unique_id < $high);

SET VARIABLE last_r = (SELECT max(r) FROM resolve_pair WHERE unique_id >= $low AND unique_id < $high);

-- The pairs look up their records, never the other way round: then the pairs are what the threads share out among them.
SET disabled_optimizers = 'join_order,build_side_probe_side';

CREATE OR REPLACE TEMP TABLE resolve_evidence AS
WITH best AS (
    SELECT
        p.unique_id,
        p.l,
        p.r,
        p.rules,
        company_names_likeness(a.names, b.names) AS names,
        CASE
            WHEN list_has_any(a.forms, b.forms) THEN 2
            WHEN list_has_any(a.form_classes, b.form_classes) THEN 1
            WHEN len(a.forms) > 0 AND len(b.forms) > 0 THEN 0
        END AS legal_form_level,
        CASE
            WHEN len(a.countries) = 0 OR len(b.countries) = 0 THEN NULL
            -- In one register a country says nothing of two parties of whom it tells a name and no more: the trusts of
            -- a frequent name.
            WHEN a.register = b.register AND a.is_bare AND b.is_bare AND list_has_any(a.countries, b.countries) THEN NULL
            -- A number of a register tells the country as well: that is not counted twice.
            WHEN identifier_level(a.identifiers, b.identifiers) = 3 AND list_has_any(a.countries, b.countries) THEN NULL
            ELSE CAST(list_has_any(a.countries, b.countries) AS INTEGER)
        END AS country_level,
        CASE
            WHEN list_has_any(a.countries, b.countries)
                THEN list_max(
                    list_transform(list_intersect(a.countries, b.countries), lambda c: a.country_bits[c])
                )
        END AS country_bits,
        CASE
            WHEN list_has_any(a.address_keys, b.address_keys) THEN 5
            WHEN list_has_any(a.post_codes, b.post_codes) THEN 4
            WHEN len(a.address_tokens) = 0 OR len(b.address_tokens) = 0 THEN NULL
            WHEN NOT list_has_any(a.address_tokens, b.address_tokens) THEN 1
            WHEN shared_bits(a.address_tokens, b.address_tokens, a.address_bits) >= 14 THEN 3
            WHEN shared_bits(a.address_tokens, b.address_tokens, a.address_bits) >= 6 THEN 2
            ELSE 1
        END AS address_level,
        CASE
            WHEN list_has_any(a.address_keys, b.address_keys) OR list_has_any(a.post_codes, b.post_codes)
                THEN list_max(
                    list_transform(
                        list_intersect(
                            list_concat(a.address_keys, a.post_codes), list_concat(b.address_keys, b.post_codes)
                        ),
                        lambda k: a.address_bits[k]
                    )
                )
        END AS address_bits,
        CASE
            WHEN len(a.names) > 1 AND len(b.names) > 1 THEN shared_bits(a.all_words, b.all_words, a.word_bits)
        END AS all_bits,
        identifier_level(a.identifiers, b.identifiers) AS identifier_level,
        CASE
            WHEN a.founding_date = b.founding_date THEN 2
            WHEN year(a.founding_date) = year(b.founding_date) THEN 1
            WHEN a.founding_date IS NOT NULL AND b.founding_date IS NOT NULL THEN 0
        END AS founding_level,
        CASE WHEN list_has_any(a.owners, b.owners) THEN 1 END AS owner_level
    FROM resolve_pair AS p
    JOIN (
        FROM compare_entity
        WHERE record_no IN (SELECT l FROM resolve_pair WHERE unique_id >= $low AND unique_id < $high)
    ) AS a
        ON a.record_no = p.l AND a.record_no BETWEEN getvariable('first_l') AND getvariable('last_l')
    JOIN (
        FROM compare_entity
        WHERE record_no IN (SELECT r FROM resolve_pair WHERE unique_id >= $low AND unique_id < $high)
    ) AS b
        ON b.record_no = p.r AND b.record_no BETWEEN getvariable('first_r') AND getvariable('last_r')
    WHERE p.unique_id >= $low AND p.unique_id < $high
)
SELECT
    unique_id,
    l,
    r,
    rules,
    CAST(list_max(names).score AS FLOAT) AS name_score,
    CAST(list_max(names).bits AS FLOAT) AS name_bits,
    CAST(all_bits - list_max(names).bits AS FLOAT) AS further_bits,
    list_max(names).number AS number_level,
    CAST(legal_form_level AS TINYINT) AS legal_form_level,
    -- That two companies of different names are in one country says next to nothing.
    CAST(country_level + CAST(country_level = 1 AND list_max(names).score >= 0.66 AS INTEGER) AS TINYINT) AS country_level,
    CAST(address_level AS TINYINT) AS address_level,
    CAST(identifier_level AS TINYINT) AS identifier_level,
    CAST(founding_level AS TINYINT) AS founding_level,
    CAST(owner_level AS TINYINT) AS owner_level,
    pow(2.0, -list_max(names).bits) AS tf_name,
    pow(2.0, -address_bits) AS tf_address,
    pow(2.0, -country_bits) AS tf_country
FROM best;

RESET disabled_optimizers;

-- What speaks for and against each pair of people? One row a pair: what the comparisons of
-- `models/person.json` look at. `tf_name` and `tf_address` say how often such an agreement is chance.

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
        person_names_likeness(a.names, b.names) AS name,
        CASE
            WHEN len(a.birth_dates) > 0 AND len(b.birth_dates) > 0 THEN dates_level(a.birth_dates, b.birth_dates)
            WHEN a.birth_year_min > b.birth_year_max OR b.birth_year_min > a.birth_year_max THEN 0
        END AS birth_level,
        CASE
            WHEN len(a.countries) = 0 OR len(b.countries) = 0 THEN NULL
            -- In one register nearly all have its country: it says nothing where no birth date tells namesakes apart.
            WHEN a.register = b.register AND list_has_any(a.countries, b.countries)
                AND (len(a.birth_dates) = 0 OR len(b.birth_dates) = 0) THEN NULL
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
            -- Nor does a town or a street: of two namesakes at two addresses, one register tells of two people.
            WHEN a.register = b.register AND (len(a.birth_dates) = 0 OR len(b.birth_dates) = 0)
                AND len(a.address_keys) > 0 AND len(b.address_keys) > 0 THEN 1
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
            WHEN list_has_any(a.companies, b.companies) THEN 2
            WHEN list_has_any(a.owners, b.owners) THEN 1
        END AS company_level,
        a.register = b.register AS is_one_register
    FROM resolve_pair AS p
    JOIN (
        FROM compare_person
        WHERE record_no IN (SELECT l FROM resolve_pair WHERE unique_id >= $low AND unique_id < $high)
    ) AS a
        ON a.record_no = p.l AND a.record_no BETWEEN getvariable('first_l') AND getvariable('last_l')
    JOIN (
        FROM compare_person
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
    CAST(name.score AS FLOAT) AS name_score,
    CAST(name.bits AS FLOAT) AS name_bits,
    CAST(all_bits - name.bits AS FLOAT) AS further_bits,
    CAST(birth_level AS TINYINT) AS birth_level,
    CAST(country_level AS TINYINT) AS country_level,
    CAST(address_level AS TINYINT) AS address_level,
    CAST(identifier_level AS TINYINT) AS identifier_level,
    -- That one register has both in one company, under two names, tells of a couple, or of father and son.
    CAST(CASE WHEN company_level < 2 OR NOT is_one_register OR name.score >= 0.9 THEN company_level END AS TINYINT)
        AS company_level,
    pow(2.0, -name.bits) AS tf_name,
    pow(2.0, -address_bits) AS tf_address,
    pow(2.0, -country_bits) AS tf_country
FROM best;

RESET disabled_optimizers;

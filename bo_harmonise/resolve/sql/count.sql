-- How many records have each word, sound, part of an address and country, and how many of one register each name?
-- Each table has one row a key: `records` counts those of the reference (record.sql), `rest` the others. The counts of
-- two sets of records that share none add up, which lets the executors of a cluster count apart.

CREATE OR REPLACE TEMP TABLE word_count AS
SELECT z[1] AS t, z[2] AS k, count(*) FILTER (is_reference) AS records, count(*) FILTER (NOT is_reference) AS rest
FROM (SELECT is_reference, unnest(words) AS z FROM feature_word)
GROUP BY z[1], z[2];

CREATE OR REPLACE TEMP TABLE sound_count AS
SELECT k, count(*) FILTER (is_reference) AS records, count(*) FILTER (NOT is_reference) AS rest
FROM (
    SELECT is_reference, unnest(list_distinct(list_transform(words, lambda z: z[2]))) AS k FROM feature_word
)
GROUP BY k;

-- Among those of one country: Hakobyan is rare, but not among Armenians.
CREATE OR REPLACE TEMP TABLE word_country_count AS
SELECT t, country, count(*) FILTER (is_reference) AS records, count(*) FILTER (NOT is_reference) AS rest
FROM (
    SELECT is_reference, t, unnest(inside) AS country
    FROM (
        SELECT is_reference, inside, unnest(list_distinct(list_transform(words, lambda z: z[1]))) AS t FROM feature_word
    )
)
GROUP BY t, country;

CREATE OR REPLACE TEMP TABLE key_country_count AS
SELECT key, country, count(*) FILTER (is_reference) AS records, count(*) FILTER (NOT is_reference) AS rest
FROM (
    SELECT is_reference, unnest(list_distinct(address_words)) AS key, inside FROM feature_word WHERE len(inside) > 0
), unnest(inside) AS of_country(country)
GROUP BY key, country;

CREATE OR REPLACE TEMP TABLE key_count AS
SELECT key, count(*) FILTER (is_reference) AS records, count(*) FILTER (NOT is_reference) AS rest
FROM (
    SELECT
        is_reference,
        unnest(list_distinct(list_concat(address_keys, post_codes, address_tokens))) AS key
    FROM feature
)
GROUP BY key;

CREATE OR REPLACE TEMP TABLE country_count AS
SELECT country, count(*) FILTER (is_reference) AS records, count(*) FILTER (NOT is_reference) AS rest
FROM (SELECT is_reference, unnest(countries) AS country FROM feature)
GROUP BY country;

CREATE OR REPLACE TEMP TABLE record_count AS
SELECT count(*) FILTER (is_reference) AS records, count(*) FILTER (NOT is_reference) AS rest
FROM feature;

CREATE OR REPLACE TEMP TABLE namesake_count AS
SELECT compact, register, count(*) AS records
FROM (SELECT register, unnest(compacts) AS compact FROM feature_word)
GROUP BY compact, register;

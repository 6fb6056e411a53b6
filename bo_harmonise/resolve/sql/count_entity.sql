-- How many records have each word, sound, part of an address and country, and how many of one register each name?
-- Each table has one row a key: `records` counts those of the reference (record.sql), `rest` the others. The counts of
-- two sets of records that share none add up, which lets the executors of a cluster count apart.

CREATE OR REPLACE TEMP TABLE word_use AS
SELECT DISTINCT record_no, is_reference, unnest(list_zip(n.core_tokens, n.phonetic)) AS z FROM feature_name;

CREATE OR REPLACE TEMP TABLE word_count AS
SELECT z[1] AS t, z[2] AS k, count(*) FILTER (is_reference) AS records, count(*) FILTER (NOT is_reference) AS rest
FROM word_use
GROUP BY z[1], z[2];

CREATE OR REPLACE TEMP TABLE sound_count AS
SELECT k, count(*) FILTER (is_reference) AS records, count(*) FILTER (NOT is_reference) AS rest
FROM (SELECT DISTINCT record_no, is_reference, z[2] AS k FROM word_use)
GROUP BY k;

DROP TABLE word_use;

CREATE OR REPLACE TEMP TABLE key_count AS
SELECT key, count(*) FILTER (is_reference) AS records, count(*) FILTER (NOT is_reference) AS rest
FROM (
    SELECT DISTINCT record_no, is_reference, unnest(list_concat(address_keys, post_codes, address_tokens)) AS key
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
SELECT replace(n.n.core, ' ', '') AS compact, f.register, count(DISTINCT n.record_no) AS records
FROM feature_name AS n
JOIN feature AS f USING (record_no)
GROUP BY compact, f.register;

-- How many records have each word, sound, part of an address and country, and how many of one delivery each name?
-- Each table has one row a key and `records`: the counts of two sets of records that share none add up, which lets
-- the executors of a cluster count apart.

CREATE OR REPLACE TEMP TABLE word_use AS
SELECT DISTINCT record_no, unnest(list_zip(n.core_tokens, n.phonetic)) AS z FROM feature_name;

CREATE OR REPLACE TEMP TABLE word_count AS
SELECT z[1] AS t, z[2] AS k, count(*) AS records FROM word_use GROUP BY z[1], z[2];

CREATE OR REPLACE TEMP TABLE sound_count AS
SELECT z[2] AS k, count(DISTINCT record_no) AS records FROM word_use GROUP BY z[2];

DROP TABLE word_use;

CREATE OR REPLACE TEMP TABLE key_count AS
SELECT key, count(*) AS records
FROM (SELECT DISTINCT record_no, unnest(list_concat(address_keys, post_codes, address_tokens)) AS key FROM feature)
GROUP BY key;

CREATE OR REPLACE TEMP TABLE country_count AS
SELECT country, count(*) AS records FROM (SELECT unnest(countries) AS country FROM feature) GROUP BY country;

CREATE OR REPLACE TEMP TABLE record_count AS SELECT count(*) AS records FROM feature;

CREATE OR REPLACE TEMP TABLE namesake_count AS
SELECT replace(n.n.core, ' ', '') AS compact, f.source_id, count(DISTINCT n.record_no) AS records
FROM feature_name AS n
JOIN feature AS f USING (record_no)
GROUP BY compact, f.source_id;

-- How many records have each word, sound, part of an address and country?
-- Each table has one row a key and `records`: the counts of two sets of records that share none add up, which lets
-- the executors of a cluster count apart.

CREATE OR REPLACE TEMP TABLE word_use AS
SELECT DISTINCT record_no, unnest(list_zip(n.tokens, n.phonetic)) AS z FROM feature_name;

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

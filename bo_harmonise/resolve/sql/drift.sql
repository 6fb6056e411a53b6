-- Which records have a word, an address, a country or a name whose rarity is not what it was in the last run ($rarity)?
CREATE OR REPLACE TEMP TABLE moved AS
SELECT n.kind, n.value
FROM rarity AS n
JOIN read_parquet($rarity) AS o USING (kind, value)
WHERE n.bits <> o.bits;

CREATE OR REPLACE TEMP TABLE drifted AS
SELECT record_no
FROM (SELECT record_no, unnest(words) AS z FROM feature_word)
WHERE z[1] || ' ' || z[2] IN (SELECT value FROM moved WHERE kind = 'word')
UNION
SELECT record_no
FROM (SELECT record_no, unnest(list_concat(address_keys, post_codes, address_tokens)) AS key FROM feature)
WHERE key IN (SELECT value FROM moved WHERE kind = 'address')
UNION
SELECT record_no
FROM (SELECT record_no, unnest(countries) AS country FROM feature)
WHERE country IN (SELECT value FROM moved WHERE kind = 'country')
UNION
SELECT record_no
FROM (SELECT record_no, unnest(compacts) AS compact FROM feature_word)
WHERE compact IN (SELECT value FROM moved WHERE kind = 'name');

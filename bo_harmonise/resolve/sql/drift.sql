-- Which records have a word, an address, a country or a name whose rarity is not what it was in the last run ($rarity)?
CREATE OR REPLACE TEMP TABLE moved AS
SELECT kind, value
FROM rarity AS n
FULL JOIN read_parquet($rarity) AS o USING (kind, value)
WHERE n.bits IS DISTINCT FROM o.bits;

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
WHERE compact IN (SELECT value FROM moved WHERE kind = 'name')
UNION
SELECT record_no
FROM (
    SELECT record_no, t, unnest(inside) AS country
    FROM (SELECT record_no, inside, unnest(list_transform(words, lambda z: z[1])) AS t FROM feature_word)
)
WHERE country || ' ' || t IN (SELECT value FROM moved WHERE kind = 'word in country')
UNION
SELECT record_no
FROM (
    SELECT record_no, key, unnest(inside) AS country
    FROM (SELECT record_no, inside, unnest(address_words) AS key FROM feature_word)
)
WHERE country || ' ' || key IN (SELECT value FROM moved WHERE kind = 'address in country');

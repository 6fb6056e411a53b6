-- Which records have a word, an address, a country or a name whose rarity is not what it was in the last run ($rarity)?
CREATE OR REPLACE TEMP TABLE moved AS
SELECT kind, value
FROM rarity AS n
FULL JOIN read_parquet($rarity) AS o USING (kind, value)
WHERE n.bits IS DISTINCT FROM o.bits;

-- How rare its words are, a name says in every pair: those that it lacks count too.
CREATE OR REPLACE TEMP TABLE drifted AS
SELECT record_no
FROM (SELECT record_no, unnest(words) AS z FROM feature_word)
WHERE z[1] || ' ' || z[2] IN (SELECT value FROM moved WHERE kind = 'word')
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
WHERE country || ' ' || t IN (SELECT value FROM moved WHERE kind = 'word in country');

-- How rare a part of an address or a country is, counts in the pairs that share it: where both records have one that moved.
CREATE OR REPLACE TEMP TABLE drifted_place AS
SELECT DISTINCT record_no
FROM (
    SELECT record_no, unnest(list_concat(address_keys, post_codes, address_tokens, countries)) AS key FROM feature
)
WHERE key IN (
    SELECT CASE WHEN kind = 'address in country' THEN value[instr(value, ' ') + 1:] ELSE value END
    FROM moved
    WHERE kind IN ('address', 'country', 'address in country')
);

DROP TABLE feature_word;

-- How much is it worth that two records share a word, an address, a country? Needs the counts of count. What a
-- record is compared by rests on these tables and on the record: rarity puts them together, to be held against a later run.

-- How many bits is it worth that two records have a word in common?
CREATE OR REPLACE TEMP TABLE word_bits AS
SELECT
    w.t,
    w.k,
    CAST(least(
        rarity_bits(w.records, w.rest, r.records, 1000), rarity_bits(s.records, s.rest, r.records, 1000) + 3
    ) AS FLOAT) AS w
FROM word_count AS w
JOIN sound_count AS s USING (k), record_count AS r;

-- A name of a company that many records of one register bear tells them apart the less, however rare its words are.
CREATE OR REPLACE TEMP TABLE namesake AS
SELECT compact, max(records) AS bearers FROM namesake_count GROUP BY compact;

-- An address, or a word of one, that many records share says little: a formation agent's, for one.
CREATE OR REPLACE TEMP TABLE address_bits AS
SELECT key, CAST(rarity_bits(k.records, k.rest, r.records, 1000) AS FLOAT) AS bits
FROM key_count AS k, record_count AS r;

-- Two people of one country share its words, and the streets of its towns, more often than any two: where that makes a value
-- less rare than it is among all, its bits are those of the country.
CREATE OR REPLACE TEMP TABLE country_size AS
SELECT country, records + CASE WHEN rest > records THEN rest ELSE 0 END AS inside FROM country_count;

CREATE OR REPLACE TEMP TABLE word_country_bits AS
WITH counted AS (
    SELECT
        c.t,
        c.country,
        CAST(rarity_bits_inside(c.records, c.rest, n.inside, w.records, r.records, 1000) AS FLOAT) AS w,
        b.w AS among_all
    FROM word_country_count AS c
    JOIN country_size AS n USING (country)
    JOIN word_count AS w USING (t)
    JOIN word_bits AS b USING (t, k),
    record_count AS r
)
SELECT t, country, min(w) AS w FROM counted WHERE w < among_all GROUP BY t, country;

CREATE OR REPLACE TEMP TABLE address_country_bits AS
WITH counted AS (
    SELECT
        c.key,
        c.country,
        CAST(rarity_bits_inside(c.records, c.rest, n.inside, k.records, r.records, 1000) AS FLOAT) AS bits,
        b.bits AS among_all
    FROM key_country_count AS c
    JOIN country_size AS n USING (country)
    JOIN key_count AS k USING (key)
    JOIN address_bits AS b USING (key),
    record_count AS r
)
SELECT key, country, bits FROM counted WHERE bits < among_all;

-- Sharing a country that few records have says more than sharing the one that most have.
CREATE OR REPLACE TEMP TABLE country_bits AS
SELECT country, CAST(rarity_bits(c.records, c.rest, r.records, 100) AS FLOAT) AS bits
FROM country_count AS c, record_count AS r;

CREATE OR REPLACE TEMP TABLE rarity AS
SELECT 'word' AS kind, t || ' ' || k AS value, w AS bits FROM word_bits
UNION ALL
SELECT 'address', key, bits FROM address_bits
UNION ALL
SELECT 'country', country, bits FROM country_bits
UNION ALL
SELECT 'name', compact, CAST(whole_bits(bearers) AS FLOAT) FROM namesake
UNION ALL
SELECT 'word in country', country || ' ' || t, w FROM word_country_bits
UNION ALL
SELECT 'address in country', country || ' ' || key, bits FROM address_country_bits;

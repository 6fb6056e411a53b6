-- Which words does each person have, each with its sound, and which words of addresses? `inside` has the countries among whose
-- people the rarity of either is told. `compacts` are names to count namesakes by: companies have some.
CREATE OR REPLACE TEMP TABLE feature_word AS
SELECT
    record_no,
    register,
    is_reference,
    list_distinct(flatten(list_transform(names, lambda n: list_zip(n.tokens, n.phonetic)))) AS words,
    address_tokens AS address_words,
    countries AS inside,
    CAST([] AS VARCHAR[]) AS compacts
FROM feature;

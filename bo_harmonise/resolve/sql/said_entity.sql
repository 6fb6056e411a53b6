-- Which words does each entity have, each with its sound, and which names without spaces, to count namesakes by? How rare a word
-- is inside a country is asked of people only.
CREATE OR REPLACE TEMP TABLE feature_word AS
SELECT
    record_no,
    register,
    is_reference,
    list_distinct(flatten(list_transform(named, lambda n: list_zip(n.core_tokens, n.phonetic)))) AS words,
    list_distinct(list_transform(named, lambda n: replace(n.core, ' ', ''))) AS compacts,
    CAST([] AS VARCHAR[]) AS address_words,
    CAST([] AS VARCHAR[]) AS inside
FROM (
    SELECT record_no, register, is_reference, list_filter(names, lambda n: len(n.core_tokens) > 0) AS named
    FROM feature
);

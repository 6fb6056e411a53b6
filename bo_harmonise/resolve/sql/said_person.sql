-- Which words does each person have, each with its sound? `compacts` are names to count namesakes by: companies have some.
CREATE OR REPLACE TEMP VIEW feature_word AS
SELECT
    record_no,
    register,
    is_reference,
    list_distinct(flatten(list_transform(names, lambda n: list_zip(n.tokens, n.phonetic)))) AS words,
    CAST([] AS VARCHAR[]) AS compacts
FROM feature;

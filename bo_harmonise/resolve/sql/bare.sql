-- The first pairs of people, and their records as one would give them to Splink alone.
CREATE OR REPLACE TEMP TABLE bare_pair AS
SELECT l AS join_key_l, r AS join_key_r, '0' AS match_key FROM resolve_pair WHERE unique_id < $pairs;

CREATE OR REPLACE TEMP TABLE bare_record AS
SELECT
    record_no AS unique_id,
    array_to_string(names[1].given, ' ') AS given,
    array_to_string(names[1].family, ' ') AS family,
    birth_dates[1] AS birth,
    countries[1] AS country,
    post_codes[1] AS post_code
FROM feature;

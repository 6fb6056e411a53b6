-- Which entities are known well enough to be compared? Their features, numbered, their
-- names one by one, their places in blocks, and facts that two records of one party cannot disagree about.

CREATE OR REPLACE TEMP TABLE feature AS
SELECT r.record_no, r.is_reference, f.* REPLACE (r.register AS register)
FROM read_parquet($features) AS f
JOIN resolve_record AS r USING (record_id)
WHERE r.kind = 'entity' AND r.is_known;

CREATE OR REPLACE TEMP TABLE feature_name AS
SELECT record_no, is_reference, n, place
FROM (SELECT record_no, is_reference, unnest(names) AS n, generate_subscripts(names, 1) AS place FROM feature)
WHERE len(n.core_tokens) > 0;

-- Where a record stands among its neighbours in a block that stays too large.
CREATE OR REPLACE TEMP TABLE block_order AS
SELECT record_no, coalesce(names[1].core, '') AS place, w.within
FROM feature
LEFT JOIN record_within AS w USING (record_id);

CREATE OR REPLACE TEMP TABLE record_fact AS
SELECT
    record_no,
    CAST([] AS VARCHAR[]) AS birth_dates,
    [
        {'scheme': i[:instr(i, ':') - 1], 'id': i[instr(i, ':') + 1:]}
        FOR i IN identifiers IF is_lasting(i)
    ] AS numbers
FROM feature
WHERE len(identifiers) > 0;

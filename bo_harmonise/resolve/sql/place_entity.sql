-- Where do the entities of a portion stand in a block that stays too large, and what can two records of one not disagree
-- about?
INSERT INTO block_order
SELECT record_no, coalesce(names[1].core, ''), w.within
FROM portion
LEFT JOIN record_within AS w USING (record_id);

INSERT INTO record_fact
SELECT record_no, CAST([] AS VARCHAR[]), numbers
FROM (
    SELECT
        record_no,
        [
            {'scheme': i[:instr(i, ':') - 1], 'id': i[instr(i, ':') + 1:]}
            FOR i IN identifiers IF is_lasting(i)
        ] AS numbers
    FROM portion
)
WHERE len(numbers) > 0;

-- What portions of records fill: where a record stands among its neighbours in a block that stays too large, facts that two records
-- of one party cannot disagree about, and the blocks of each record.
CREATE OR REPLACE TEMP TABLE block_order (record_no INTEGER, place VARCHAR, within VARCHAR);

CREATE OR REPLACE TEMP TABLE record_fact (
    record_no INTEGER, birth_dates VARCHAR[], numbers STRUCT(scheme VARCHAR, id VARCHAR)[]
);

CREATE OR REPLACE TEMP TABLE block_all (
    block UBIGINT, rule UTINYINT, record_no INTEGER, finer_1 UBIGINT, finer_2 UBIGINT, finer_3 UBIGINT
);

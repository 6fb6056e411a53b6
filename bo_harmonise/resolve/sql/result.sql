-- The tables that a run fills, kind by kind.
CREATE OR REPLACE TEMP TABLE judged (l INTEGER, r INTEGER, judgement VARCHAR);

-- Pairs worth keeping, with their evidence.
CREATE OR REPLACE TEMP TABLE resolve_match (
    l INTEGER,
    r INTEGER,
    kind VARCHAR,
    rules UBIGINT,
    identifier_level TINYINT,
    match_weight DOUBLE,
    match_probability DOUBLE,
    evidence VARCHAR
);

-- All pairs that were compared: those that do not match speak against joining their clusters.
CREATE OR REPLACE TEMP TABLE resolve_compared (l INTEGER, r INTEGER, match_weight FLOAT);

-- The cluster of each record, named after its smallest record.
CREATE OR REPLACE TEMP TABLE resolve_cluster (record_no INTEGER, cluster_no INTEGER);

-- Edges that were refused, and why.
CREATE OR REPLACE TEMP TABLE resolve_cut (l INTEGER, r INTEGER, reason VARCHAR);

-- What both records of a pair must share; empty but when labelled records are measured block by block.
CREATE OR REPLACE TEMP TABLE record_within (record_id VARCHAR, within VARCHAR);

-- The models as they were used, for explanations.
CREATE OR REPLACE TEMP TABLE resolve_model (kind VARCHAR, settings VARCHAR);

-- What blocking needed and nothing after it does.
DROP TABLE IF EXISTS block_pair;

DROP VIEW IF EXISTS block_met;

DROP TABLE IF EXISTS block_again;

DROP TABLE IF EXISTS block_done;

DROP TABLE IF EXISTS block_near;

DROP TABLE IF EXISTS block_order;

DROP TABLE IF EXISTS block_key;

-- What blocking needed and nothing after it does.
DROP TABLE IF EXISTS block_pair;

DROP TABLE IF EXISTS block_done;

DROP TABLE IF EXISTS block_near;

DROP TABLE IF EXISTS block_order;

DROP TABLE IF EXISTS block_key;

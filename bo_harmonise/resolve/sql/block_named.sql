-- A record of each of the worst blocks becomes a portion of its own, whose keys are made again.
INSERT INTO record_wanted SELECT DISTINCT record_no, -1 FROM block_worst;

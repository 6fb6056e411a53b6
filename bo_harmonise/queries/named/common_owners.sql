-- Question: Who holds something in both of two companies?
-- Columns: owner, dimension, stake in each in per cent, chain to each.
-- Parameter: one, other
-- Example: bo-harmonise query common-owners --param one=DK-CVR:91001845 --param other=LV-RE:40299000484 -w WS
FROM common_owners($one, $other);

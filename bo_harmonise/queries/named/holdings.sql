-- Question: What does a party own, over all chains and registers?
-- Columns: owner, company, its jurisdictions, dimension, stake in per cent, shortest chain.
-- Parameter: who
-- Example: bo-harmonise query holdings --param who="Sofie Lindegaard Mørch" -w WS
FROM owned_by($who);

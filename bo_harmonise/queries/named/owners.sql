-- Question: Who owns a company, over all chains and registers?
-- Columns: company, owner, dimension (economic, voting), stake in per cent, whether anyone is known to own the owner,
--   shortest chain.
-- Parameter: who
-- Example: bo-harmonise query owners --param who=GB-COH:19002306 -w WS
FROM owners_of($who);

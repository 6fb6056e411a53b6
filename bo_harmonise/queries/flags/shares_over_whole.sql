-- Question: Of which companies do the declared stakes add up to more than the whole?
-- Kind: context
-- Columns: party_id; evidence: dimension, sum of the lower bounds, holders, registers
-- Example: 60 % and 60 %
SELECT
  owned_party_id AS party_id,
  to_json({
    'dimension': dimension,
    'sum_of_lower_bounds': round(sum(share_min), 6),
    'holders': list(owner_party_id ORDER BY owner_party_id),
    'registers': list_sort(list_distinct(flatten(list(registers))))
  }) AS evidence
FROM
  ownership_edge
WHERE
  dimension IN ('economic', 'voting')
GROUP BY
  owned_party_id,
  dimension
HAVING
  sum(share_min) > 100 + 1e-6;

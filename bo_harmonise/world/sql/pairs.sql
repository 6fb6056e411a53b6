-- Pairs of records of one kind: those that are one party, and those that the tool joined though they are not.
--
-- true_pair    record_l, record_r, whether joined, phenomena of both
-- wrong_pair   record_l, record_r, phenomena of both
CREATE OR REPLACE TEMP TABLE true_pair AS
SELECT
  l.record_id AS record_l,
  r.record_id AS record_r,
  l.found = r.found AS is_joined,
  list_sort(list_distinct(list_concat(
    l.phenomena, r.phenomena, ['pattern ' || t.pattern], [least(l.register, r.register) || ' + ' || greatest(l.register, r.register)]
  ))) AS phenomena
FROM
  true_record AS l
  JOIN true_record AS r ON r.truth = l.truth AND r.record_id > l.record_id
  JOIN true_party AS t ON t.party_id = l.truth
WHERE
  l.kind = $kind
  AND r.kind = $kind;

CREATE OR REPLACE TEMP TABLE wrong_pair AS
SELECT
  l.record_id AS record_l,
  r.record_id AS record_r,
  list_sort(list_distinct(list_concat(
    l.phenomena, r.phenomena, ['pattern ' || tl.pattern, 'pattern ' || tr.pattern],
    [least(l.register, r.register) || ' + ' || greatest(l.register, r.register)]
  ))) AS phenomena
FROM
  true_record AS l
  JOIN true_record AS r ON r.found = l.found AND r.record_id > l.record_id AND r.truth <> l.truth
  JOIN true_party AS tl ON tl.party_id = l.truth
  JOIN true_party AS tr ON tr.party_id = r.truth
WHERE
  l.kind = $kind
  AND r.kind = $kind;

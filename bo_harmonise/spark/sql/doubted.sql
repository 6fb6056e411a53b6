-- Which pairs speak against joining their component? Those that were compared and do not match.
-- Needs compared (l, r, match_weight) and component (record_no, label).
SELECT compared.l, compared.r, compared.match_weight
FROM compared
JOIN component AS a ON a.record_no = compared.l
JOIN component AS b ON b.record_no = compared.r AND b.label = a.label

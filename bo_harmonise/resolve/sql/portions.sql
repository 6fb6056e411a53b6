-- Which portions are there, and between which records does each lie?
SELECT w.portion, min(w.record_no) AS low, max(w.record_no) AS high, min(r.record_id) AS first, max(r.record_id) AS last
FROM record_wanted AS w
JOIN resolve_record AS r USING (record_no)
GROUP BY w.portion
ORDER BY w.portion;

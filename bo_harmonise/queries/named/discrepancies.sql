-- Question: Where do two registers describe one company differently?
-- Columns: company, about what, what each register says, the statements.
-- Example: bo-harmonise query discrepancies -w WS
SELECT name_or_number(party.name, party.identifiers) AS company, about, register_l, value_l, register_r, value_r, discrepancy.party_id, statement_id_l, statement_id_r
FROM discrepancy
JOIN party USING (party_id)
ORDER BY company, about, register_l, register_r, value_l, value_r, statement_id_l, statement_id_r;

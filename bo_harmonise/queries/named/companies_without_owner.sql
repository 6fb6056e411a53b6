-- Question: Of which companies does a register say that no owner is named, and why?
-- Columns: company, reason (BODS unspecifiedReason), the register's words, since when it was said, statement.
-- Example: bo-harmonise query companies-without-owner -w WS
SELECT
    party.name AS company,
    relationship.interested_party_reason AS reason,
    relationship.interested_party_description AS words,
    relationship.statement_date,
    split_part(relationship.source_id, '@', 1) AS register,
    party.party_id,
    relationship.statement_id
FROM current_relationship AS relationship
JOIN party_record ON party_record.record_id = relationship.subject_record_id
JOIN party USING (party_id)
WHERE relationship.interested_party_type = 'unspecified' AND relationship.record_status <> 'closed'
ORDER BY reason, company, party.party_id, relationship.statement_id;

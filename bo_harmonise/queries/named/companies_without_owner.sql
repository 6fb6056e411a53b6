-- Question: For which companies does a register name no owner or accounting parent, and how many holders do they have all the same?
-- Columns: company, holders of a stake known from other statements, reason (BODS unspecifiedReason), the register's
--   words (of GLEIF: why no parent consolidates the accounts, which says nothing of owners), since when it was said,
--   statement.
-- Example: bo-harmonise query companies-without-owner -w WS
WITH held AS (
    SELECT owned_party_id AS party_id, count(DISTINCT owner_party_id) AS holders
    FROM ownership_edge
    GROUP BY owned_party_id
)
SELECT
    name_or_number(party.name, party.identifiers) AS company,
    coalesce(held.holders, 0) AS holders,
    relationship.interested_party_reason AS reason,
    relationship.interested_party_description AS words,
    relationship.statement_date,
    split_part(relationship.source_id, '@', 1) AS register,
    party.party_id,
    relationship.statement_id
FROM current_relationship AS relationship
JOIN party_record ON party_record.record_id = relationship.subject_record_id
JOIN party USING (party_id)
LEFT JOIN held USING (party_id)
WHERE relationship.interested_party_type = 'unspecified' AND relationship.record_status <> 'closed'
ORDER BY holders, reason, company, party.party_id, relationship.statement_id;

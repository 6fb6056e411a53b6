-- Question: Whom does each register declare a beneficial owner, and what does it mean by that?
-- Columns: company, declared owner, register, its definition, the register's term.
-- Example: bo-harmonise query declared-beneficial-owners -w WS
SELECT DISTINCT
    name_or_number(company.name, company.identifiers) AS company,
    name_or_number(owner.name, owner.identifiers) AS owner,
    source.register,
    source.definition,
    interest.details,
    company.party_id AS company_party_id,
    owner.party_id AS owner_party_id,
    interest.statement_id
FROM interest
JOIN source ON source.source_id = interest.source_id
JOIN party_record AS company_record ON company_record.record_id = interest.subject_record_id
JOIN party AS company ON company.party_id = company_record.party_id
JOIN party_record AS owner_record ON owner_record.record_id = interest.interested_party_record_id
JOIN party AS owner ON owner.party_id = owner_record.party_id
WHERE interest.beneficial_ownership_or_control AND interest.end_date IS NULL
ORDER BY company, owner, source.register, interest.details, interest.statement_id;

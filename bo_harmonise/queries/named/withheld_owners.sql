-- Question: Behind which companies stands a person or entity whose identity is withheld?
-- Columns: company, kind of record, reason, the register's words, statement.
-- Example: bo-harmonise query withheld-owners -w WS
SELECT
    name_or_number(company.name, company.identifiers) AS company,
    coalesce(person.person_type, entity.entity_type) AS owner_type,
    coalesce(person.unspecified_reason, entity.unspecified_reason) AS reason,
    coalesce(person.unspecified_description, entity.unspecified_description) AS words,
    company.party_id,
    relationship.statement_id
FROM current_relationship AS relationship
LEFT JOIN current_person AS person ON person.record_id = relationship.interested_party_record_id
LEFT JOIN current_entity AS entity ON entity.record_id = relationship.interested_party_record_id
JOIN party_record ON party_record.record_id = relationship.subject_record_id
JOIN party AS company ON company.party_id = party_record.party_id
WHERE person.person_type IN ('anonymousPerson', 'unknownPerson')
    OR entity.entity_type IN ('anonymousEntity', 'unknownEntity')
ORDER BY company, relationship.statement_id;

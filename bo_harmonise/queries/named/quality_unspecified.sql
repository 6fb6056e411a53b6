-- Question: For which reasons are owners not specified, register by register?
-- Columns: register, what stands in the owner's place, reason, number of relationships and of companies.
-- Example: bo-harmonise query quality-unspecified -w WS
SELECT
    split_part(relationship.source_id, '@', 1) AS register,
    CASE
        WHEN relationship.interested_party_type = 'unspecified' THEN 'no record'
        ELSE coalesce(person.person_type, entity.entity_type)
    END AS in_place_of_owner,
    coalesce(
        relationship.interested_party_reason, person.unspecified_reason, entity.unspecified_reason, 'none given'
    ) AS reason,
    count(*) AS relationships,
    count(DISTINCT relationship.subject_record_id) AS companies
FROM current_relationship AS relationship
LEFT JOIN current_person AS person ON person.record_id = relationship.interested_party_record_id
LEFT JOIN current_entity AS entity ON entity.record_id = relationship.interested_party_record_id
WHERE relationship.interested_party_type = 'unspecified'
    OR person.person_type IN ('anonymousPerson', 'unknownPerson')
    OR entity.entity_type IN ('anonymousEntity', 'unknownEntity')
GROUP BY ALL
ORDER BY register, relationships DESC, in_place_of_owner, reason;

-- Question: Does each hidden common owner still hold when identities must be surer?
-- Columns: owner, companies, weakest and combined match probability, whether it holds at .80, .90, .99.
-- Example: bo-harmonise query hidden-common-owner-robustness -w WS
SELECT
    coalesce(owner_name, party_name(owner_party_id)) AS owner,
    coalesce(company_l_name, party_name(company_l_party_id)) AS company_l,
    coalesce(company_r_name, party_name(company_r_party_id)) AS company_r,
    registers_needed,
    match_probability,
    match_probability_combined,
    coalesce(match_probability, 1) >= 0.80 AS holds_at_80,
    coalesce(match_probability, 1) >= 0.90 AS holds_at_90,
    coalesce(match_probability, 1) >= 0.99 AS holds_at_99,
    owner_party_id,
    company_l_party_id,
    company_r_party_id
FROM hidden_common_owner
ORDER BY match_probability, owner, company_l, company_r, owner_party_id;

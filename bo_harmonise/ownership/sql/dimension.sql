-- What does each type of interest say about: shares in the economic sense, votes, the board, or other control?
--
-- `place` says where the meaning holds: anywhere, in an arrangement (nomination, joint holding) only, or in a
-- trust only. `rank` orders the types that speak about one dimension: the lowest that is stated counts.
-- Offices (boardMember, boardChair, seniorManagingOfficial) and nominees hold nothing and are no edges; an interest
-- that is unknown or unpublished may be of any kind, so it counts as a stake without a figure.
CREATE OR REPLACE TEMP TABLE own_dimension AS
SELECT
  *
FROM
  (
    VALUES
      ('shareholding', 'any', 'economic', 1),
      ('rightsToProfitOrIncome', 'any', 'economic', 3),
      ('rightsToSurplusAssetsOnDissolution', 'any', 'economic', 4),
      ('beneficiaryOfLegalArrangement', 'any', 'economic', 2),
      ('rightToProfitOrIncomeFromAssets', 'any', 'economic', 5),
      ('enjoymentAndUseOfAssets', 'any', 'economic', 6),
      ('nominator', 'any', 'economic', 7),
      ('unknownInterest', 'any', 'economic', 8),
      ('unpublishedInterest', 'any', 'economic', 9),
      ('otherInfluenceOrControl', 'arrangement', 'economic', 10),
      ('votingRights', 'any', 'voting', 1),
      ('nominator', 'any', 'voting', 2),
      ('trustee', 'any', 'voting', 3),
      ('shareholding', 'arrangement', 'voting', 4),
      ('unknownInterest', 'arrangement', 'voting', 5),
      ('otherInfluenceOrControl', 'arrangement', 'voting', 6),
      ('appointmentOfBoard', 'any', 'board', 1),
      ('otherInfluenceOrControl', 'any', 'control', 1),
      ('controlViaCompanyRulesOrArticles', 'any', 'control', 2),
      ('controlByLegalFramework', 'any', 'control', 3),
      ('rightsGrantedByContract', 'any', 'control', 4),
      ('conditionalRightsGrantedByContract', 'any', 'control', 5),
      ('settlor', 'any', 'control', 6),
      ('trustee', 'any', 'control', 7),
      ('protector', 'any', 'control', 8),
      ('beneficiaryOfLegalArrangement', 'any', 'control', 9),
      ('nominator', 'any', 'control', 10)
  ) AS meaning (type, place, dimension, rank);

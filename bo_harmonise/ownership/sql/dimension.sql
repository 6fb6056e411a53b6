-- What does each type of interest say about: shares in the economic sense, votes, the board, or other control?
--
-- `place` says where the meaning holds: anywhere, in an arrangement (nomination, joint holding) only, or in a
-- trust only. `rank` orders the types that speak about one dimension: the lowest that is stated counts.
-- Offices (boardMember, boardChair, seniorManagingOfficial) and nominees hold nothing and are no edges.
-- An interest that is unknown or unpublished (is_kind_known false) may be shares, votes or other control: it speaks about each of
-- them, surely about none. Its figure, where it has one, is the most that it can be in each (see edge.sql); what others
-- hold does not bound it, as it may be no share at all, or stand behind theirs (see edges.py).
CREATE OR REPLACE TEMP TABLE own_dimension AS
SELECT
  *,
  type NOT IN ('unknownInterest', 'unpublishedInterest') AS is_kind_known
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
      ('otherInfluenceOrControl', 'arrangement', 'economic', 8),
      ('unknownInterest', 'any', 'economic', 9),
      ('unpublishedInterest', 'any', 'economic', 10),
      ('votingRights', 'any', 'voting', 1),
      ('nominator', 'any', 'voting', 2),
      ('trustee', 'any', 'voting', 3),
      ('shareholding', 'arrangement', 'voting', 4),
      ('otherInfluenceOrControl', 'arrangement', 'voting', 5),
      ('unknownInterest', 'any', 'voting', 6),
      ('unpublishedInterest', 'any', 'voting', 7),
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
      ('nominator', 'any', 'control', 10),
      ('unknownInterest', 'any', 'control', 11),
      ('unpublishedInterest', 'any', 'control', 12)
  ) AS meaning (type, place, dimension, rank);

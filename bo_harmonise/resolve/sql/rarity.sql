-- How many bits is it worth that two records share a value? One that one record in a thousand has is worth ten.
-- Counts are rounded down to whole doublings and bits end at 14, so that a few records more or less change no score. What the
-- records outside the reference have counts where they have more of it than the reference.
CREATE OR REPLACE TEMP MACRO whole_bits(x) AS floor(log2(x));

-- `reference` and `rest`: how many records of either have the value; `records`: how many the reference holds.
-- Small data say little about rarity: they count as if among so many `others`.
CREATE OR REPLACE TEMP MACRO rarity_bits(reference, rest, records, others) AS
least(
    whole_bits(records + others) - whole_bits(reference + CASE WHEN rest > reference THEN rest ELSE 0 END + 1), 14
);

-- The same among the records of one country, where those of the country count as many (`inside`), and of all `records` that
-- many (`known`) have the value: what a country's few records show is eked out with what all show. A bit more, because
-- that two records are of one country is not told by the value alone.
CREATE OR REPLACE TEMP MACRO rarity_bits_inside(reference, rest, inside, known, records, others) AS
least(
    whole_bits(inside + others) + 1
    - whole_bits(reference + CASE WHEN rest > reference THEN rest ELSE 0 END + 1 + known * others / (records + others)),
    14
);

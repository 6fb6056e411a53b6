-- How alike are two words, two names, two lists of names, two sets of dates? Words come as
-- `as_word` makes them: the folded word, its phonetic key, the bits of information its rarity is worth, and
-- whether it was transliterated. A macro is text put in place of its call: every lambda here has parameters of
-- a name of its own.

-- A word with what is asked of it again and again: its length and its first and last letters.
CREATE OR REPLACE TEMP MACRO as_word(text, key, bits, foreign_script) AS
{
    't': text, 'k': key, 'w': CAST(bits AS FLOAT), 'x': foreign_script,
    'n': length(text), 'h': ascii(text), 'e': ascii(right(text, 1)), 'g': ascii(key), 'm': length(key)
};

-- 1 the same word; .9 and more the same sound or one slip; less for what only looks alike; an initial
-- stands for every word that it begins. Sound counts for more between scripts: spelling is lost there.
CREATE OR REPLACE TEMP MACRO word_likeness(a, b) AS
CASE
    WHEN a.t = b.t THEN 1.0
    -- A slip spares the first or the last letter: most pairs of words end here, before the costly measures.
    WHEN a.h <> b.h AND a.g <> b.g AND a.e <> b.e THEN 0.0
    WHEN a.n = 1 OR b.n = 1 THEN CASE WHEN a.h = b.h THEN 0.9 ELSE 0.0 END
    WHEN a.k = b.k AND a.m > 1 AND a.x <> b.x THEN 0.86 + 0.1 * jaro_winkler_similarity(a.t, b.t)
    WHEN a.k = b.k AND a.m > 1
        THEN greatest(
            0.6 + 0.38 * jaro_winkler_similarity(a.t, b.t) - CASE WHEN a.m = 2 THEN 0.1 ELSE 0.0 END,
            -- Two names of one key that look nothing alike are names of one person by rule: Bill is William.
            CASE WHEN a.m >= 3 AND jaro_winkler_similarity(a.t, b.t) < 0.6 THEN 0.8 ELSE 0.0 END
        )
    WHEN a.n <= 3 OR b.n <= 3 THEN 0.0
    WHEN least(a.n, b.n) >= 5 AND (starts_with(a.t, b.t) OR starts_with(b.t, a.t)) THEN 0.85
    -- Who is called Abdul Aziz is called Aziz as well.
    WHEN (starts_with(a.t, 'abd') AND a.t[4:] = b.t) OR (starts_with(b.t, 'abd') AND b.t[4:] = a.t) THEN 0.8
    WHEN abs(a.n - b.n) > 3 THEN 0.0
    WHEN jaro_winkler_similarity(a.t, b.t) < 0.75 THEN 0.0
    ELSE greatest(
        0.0,
        1.0 - 1.6 * levenshtein(a.t, b.t) / greatest(a.n, b.n, 5),
        CASE
            WHEN levenshtein(a.t, b.t) = 1 THEN 0.8
            WHEN a.n = b.n AND levenshtein(a.t, b.t) = 2 AND damerau_levenshtein(a.t, b.t) = 1 THEN 0.8
            ELSE 0.0
        END,
        CASE
            WHEN least(a.n, b.n) >= 7 AND jaro_winkler_similarity(a.t, b.t) >= 0.87
                THEN jaro_winkler_similarity(a.t, b.t) - 0.12
            ELSE 0.0
        END
    )
END;

-- How alike is each word of `a` to each of `b`? A list of rows, one a word of `a`. Likeness has no direction: the rows serve
-- both names, and this, the dearest part of a comparison, is done once.
CREATE OR REPLACE TEMP MACRO word_table(a, b) AS
list_transform(a, lambda word_a: list_transform(b, lambda word_b: word_likeness(word_a, word_b)));

-- Which share of the weight of the words is found in the other name as well, how many bits is that agreement
-- worth, and how many words are it? `best` has the greatest likeness of each word.
CREATE OR REPLACE TEMP MACRO words_found(words, best) AS
list_transform(
    [
        list_transform(
            words,
            lambda word, place: {'w': word.w, 's': coalesce(best[place], 0.0), 'n': word.n}
        )
    ],
    lambda found: {
        'share': list_sum(list_transform(found, lambda w: w.w * w.s)) / list_sum(list_transform(found, lambda w: w.w)),
        'bits': list_sum(list_transform(found, lambda w: CASE WHEN w.s >= 0.7 THEN w.w * w.s ELSE 0.0 END)),
        -- A letter that begins a word of the other name is found; one that stands against a letter says nothing.
        'found': len(list_filter(found, lambda w: w.s >= 0.7 AND (w.n > 1 OR w.s < 0.95))),
        'strange': len(list_filter(found, lambda w: w.s < 0.4 AND (w.w >= 2 OR w.n = 1))),
        'initials': len(list_filter(found, lambda w: w.n = 1 AND w.s BETWEEN 0.7 AND 0.95))
    }
)[1];

-- What of the words of `a` is found in `b`, and the other way round?
CREATE OR REPLACE TEMP MACRO words_compared(a, b) AS
list_transform(
    [word_table(a, b)],
    lambda likeness: {
        'l': words_found(a, list_transform(likeness, lambda across: list_max(across))),
        'r': words_found(
            b,
            list_transform(
                b, lambda word_b, seat: list_max(list_transform(likeness, lambda across: across[seat]))
            )
        )
    }
)[1];

-- Two names of persons. What only one of them has is an omission and costs little; what both have and do
-- not share is a contradiction. One word in common is never more than a similar name.
CREATE OR REPLACE TEMP MACRO person_name_likeness(a, b) AS
list_transform(
    [{
        'words': words_compared(a.words, b.words),
        'is_same': a.compact = b.compact AND greatest(len(a.words), len(b.words)) > 1,
        'is_same_reading': list_has_any(a.readings, b.readings),
        'length': greatest(length(a.compact), length(b.compact)),
        'slips': CASE
            WHEN abs(length(a.compact) - length(b.compact)) <= 2 THEN levenshtein(a.compact, b.compact)
        END,
        'father': CASE
            WHEN a.patronymic IS NOT NULL AND b.patronymic IS NOT NULL THEN word_likeness(a.patronymic, b.patronymic)
        END
    }],
    -- Nothing but the fields of `f` is used: a lambda that looks at the names themselves copies them first.
    lambda f: {
        'score': CASE
            WHEN f.is_same THEN 1.0
            WHEN f.is_same_reading THEN 0.97
            ELSE greatest(
                least(
                    CASE WHEN least(f.words.l.found, f.words.r.found) < 2 THEN 0.74 ELSE 1.0 END,
                    CASE WHEN f.words.l.strange > 0 AND f.words.r.strange > 0 THEN 0.65 ELSE 1.0 END,
                    CASE WHEN f.words.l.initials + f.words.r.initials > 0 THEN 0.88 ELSE 1.0 END,
                    1.0 - 1.2 * least(1.0 - f.words.l.share, 1.0 - f.words.r.share)
                    - 0.26 * abs(f.words.l.share - f.words.r.share)
                    - CASE WHEN f.father < 0.8 THEN 0.25 ELSE 0.0 END
                ),
                CASE WHEN f.slips <= 2 THEN least(0.88, 1.0 - 1.2 * f.slips / f.length) ELSE 0.0 END
            )
        END,
        'bits': least(f.words.l.bits, f.words.r.bits) + CASE WHEN f.father >= 0.85 THEN 4.0 ELSE 0.0 END
    }
)[1];

-- The best of all pairs of names of two persons. Most records have one name, which needs no list.
CREATE OR REPLACE TEMP MACRO person_names_likeness(a, b) AS
CASE
    WHEN len(a) = 1 AND len(b) = 1 THEN person_name_likeness(a[1], b[1])
    ELSE list_max(
        list_transform(
            a, lambda name_a: list_max(list_transform(b, lambda name_b: person_name_likeness(name_a, name_b)))
        )
    )
END;

-- Two names of companies, without their legal forms. `number` is 0 when both have figures and they differ:
-- Fund II is not Fund III. An acronym among the further names is shared by many.
CREATE OR REPLACE TEMP MACRO company_name_likeness(a, b) AS
list_transform(
    [{
        'words': words_compared(a.words, b.words),
        'is_same': a.compact = b.compact,
        'is_generic': a.is_generic OR b.is_generic,
        'is_short': a.is_short OR b.is_short,
        'is_long': len(a.words) > 1,
        'slips': levenshtein(a.compact, b.compact),
        'length': greatest(length(a.compact), length(b.compact)),
        'is_acronym': length(a.compact) >= 3 AND (a.acronym = b.compact OR b.acronym = a.compact),
        'is_start': least(length(a.compact), length(b.compact)) >= 15
            AND (starts_with(a.compact, b.compact) OR starts_with(b.compact, a.compact)),
        'bits': greatest(a.bits, b.bits),
        'number': CASE
            WHEN len(a.numbers) > 0 AND len(b.numbers) > 0 THEN CAST(a.numbers = b.numbers AS TINYINT)
        END
    }],
    lambda f: {
        'score': CASE
            WHEN f.is_generic THEN CASE WHEN f.is_same AND f.is_long THEN 0.8 ELSE 0.0 END
            WHEN f.is_same THEN CASE WHEN f.is_short THEN 0.8 ELSE 1.0 END
            ELSE greatest(
                1.0 - 1.2 * least(1.0 - f.words.l.share, 1.0 - f.words.r.share)
                - 0.4 * abs(f.words.l.share - f.words.r.share),
                1.0 - 2.0 * f.slips / f.length,
                CASE WHEN f.is_acronym THEN 0.78 WHEN f.is_start THEN 0.92 ELSE 0.0 END
            )
        END,
        'bits': CASE WHEN f.is_same THEN f.bits ELSE least(f.words.l.bits, f.words.r.bits) END,
        'number': f.number
    }
)[1];

-- Of each name of one company the best likeness to a name of another.
CREATE OR REPLACE TEMP MACRO company_names_likeness(a, b) AS
CASE
    WHEN len(a) = 1 AND len(b) = 1 THEN [company_name_likeness(a[1], b[1])]
    ELSE list_transform(
        a, lambda name_a: list_max(list_transform(b, lambda name_b: company_name_likeness(name_a, name_b)))
    )
END;

-- 6 the same day; 5 the same month, no more being known; 4 a slip (one digit, day and month swapped); 3 the same year, no more
-- being known; 2 years one apart, no more being known; 1 near, but different; 0 contradicting. The first of
-- January is what registers print when only the year is known.
CREATE OR REPLACE TEMP MACRO date_level(x, y) AS
CASE
    WHEN length(x) >= 10 AND x = y THEN CASE WHEN x LIKE '%-01-01' THEN 3 ELSE 6 END
    WHEN length(x) >= 10 AND length(y) >= 10 AND (hamming(x[:10], y[:10]) = 1 OR (x[:4] = y[:4] AND x[6:7] = y[9:10] AND x[9:10] = y[6:7])) THEN 4
    WHEN length(x) >= 7 AND length(y) >= 7 AND least(length(x), length(y)) = 7 AND x[:7] = y[:7] THEN 5
    WHEN x[:4] = y[:4] THEN CASE
        WHEN least(length(x), length(y)) = 4 OR x LIKE '%-01-01' OR y LIKE '%-01-01' THEN 3
        ELSE 1
    END
    WHEN abs(CAST(x[:4] AS INTEGER) - CAST(y[:4] AS INTEGER)) = 1 AND least(length(x), length(y)) = 4 THEN 2
    WHEN abs(CAST(x[:4] AS INTEGER) - CAST(y[:4] AS INTEGER)) <= 2 THEN 1
    ELSE 0
END;

-- The best of all pairs of dates; two dates or more in common are as good as a slip.
CREATE OR REPLACE TEMP MACRO dates_level(a, b) AS
greatest(
    list_max(
        list_transform(a, lambda date_a: list_max(list_transform(b, lambda date_b: date_level(date_a, date_b))))
    ),
    CASE WHEN len(list_intersect(a, b)) >= 2 THEN 4 ELSE 0 END
);

-- How many bits is it worth that two lists share words? `bits` has the bits of the words of `a`.
CREATE OR REPLACE TEMP MACRO shared_bits(a, b, bits) AS
coalesce(list_sum(list_transform(list_intersect(a, b), lambda shared: bits[shared])), 0.0);

-- An identifier that a party keeps: a number of a register, a tax or national number; not of a document
-- that expires, and not a number of unknown kind.
CREATE OR REPLACE TEMP MACRO is_lasting(i) AS
NOT regexp_matches(upper(split_part(i, ':', 1)), 'PASSPORT|DRIV|VISA|PERMIT|IDCARD|^\??$');

-- A register that gives a number of another one without naming it (Latvia, of its foreign members) says the same number.
CREATE OR REPLACE TEMP MACRO has_unnamed_number(a, b) AS
list_has_any(
    list_transform(list_filter(a, lambda i: starts_with(i, '?:') AND length(i) >= 7), lambda i: substr(i, 3)),
    list_transform(b, lambda i: substr(i, strpos(i, ':') + 1))
);

-- 3 a number of a known kind in common; 2 one of which a record does not know the kind; 0 different numbers of one
-- register or state; 1 different numbers of a kind that changes.
CREATE OR REPLACE TEMP MACRO identifier_level(a, b) AS
CASE
    WHEN list_has_any(a, b) THEN CASE
        WHEN list_bool_or(list_transform(list_intersect(a, b), lambda i: split_part(i, ':', 1) NOT IN ('', '?'))) THEN 3
        ELSE 2
    END
    WHEN has_unnamed_number(a, b) OR has_unnamed_number(b, a) THEN 2
    WHEN list_has_any(
        list_transform(list_filter(a, lambda i: is_lasting(i)), lambda i: split_part(i, ':', 1)),
        list_transform(list_filter(b, lambda i: is_lasting(i)), lambda i: split_part(i, ':', 1))
    ) THEN 0
    WHEN list_has_any(
        list_transform(a, lambda i: split_part(i, ':', 1)), list_transform(b, lambda i: split_part(i, ':', 1))
    ) THEN 1
END;

import pytest

from briefings.quotes import Edit, EditKind, Verdict, compare, edits, find_in

CUT, PUT, FOR, INITIAL = EditKind.OMISSION, EditKind.INSERTION, EditKind.REPLACEMENT, EditKind.INITIAL
EDITED = {
    "a cut": (
        "we all agree … and we act now",
        ["we all agree, as I said, and we act now"],
        [Edit(CUT, "…", ", as I said,")],
    ),
    "a cut in brackets": (
        "we all agree […] and we act now",
        ["we all agree, as I said, and we act now"],
        [Edit(CUT, "[…]", ", as I said,")],
    ),
    "a cut of three stops": (
        "we all agree ... and we act now",
        ["we all agree, as I said, and we act now"],
        [Edit(CUT, "...", ", as I said,")],
    ),
    "a cut after a full stop": (
        "We all agree.... We act at once",
        ["We all agree. So it was said. We act at once"],
        [Edit(CUT, "...", "So it was said.")],
    ),
    "a cut over paragraphs": (
        "We all agree. … We act at once",
        ["We all agree.\nSo it was said.\nWe act at once"],
        [Edit(CUT, "…", "So it was said.")],
    ),
    "a cut at either end": (
        "… we agree with this plan …",
        ["Today we agree with this plan, however"],
        [Edit(CUT, "…", "Today"), Edit(CUT, "…", ", however")],
    ),
    "a cut between passages": (
        "we all agree … and we act now",
        ["we all agree", "and we act now"],
        [Edit(CUT, "…", "")],
    ),
    "an insertion": ("we agree on [the whole of] it", ["we agree on it"], [Edit(PUT, "[the whole of]", "")]),
    "an insertion before a comma": ("we agree [on it], and act", ["we agree, and act"], [Edit(PUT, "[on it]", "")]),
    "sic": ("we agres [sic] on it", ["we agres on it"], [Edit(PUT, "[sic]", "")]),
    "a changed initial": ("[t]he plan is good", ["The plan is good"], [Edit(INITIAL, "[t]", "T")]),
    "a capital": ("[W]e agree on it", ["we agree on it"], [Edit(INITIAL, "[W]", "w")]),
    "a name for a pronoun": ("[Ahsan Iqbal] agreed to it", ["He agreed to it"], [Edit(FOR, "[Ahsan Iqbal]", "He")]),
    "a name within": ("it was [Iqbal’s] plan, he said", ["it was his plan, he said"], [Edit(FOR, "[Iqbal’s]", "his")]),
    "several at once": (
        "[W]e agree on [the plan] … and [all] act on it today.",
        ["Today we agree on it, as I said, and act on it today,"],
        None,
    ),
    "all of them": (
        "[W]e agree on [the plan] … and [all] act on it today.",
        ["we agree on it, as I said, and act on it today,"],
        [
            Edit(INITIAL, "[W]", "w"),
            Edit(FOR, "[the plan]", "it"),
            Edit(CUT, "…", ", as I said,"),
            Edit(PUT, "[all]", ""),
        ],
    ),
    "other typography": (
        "Pakistan’s ‘need’ of it … is plain to see",
        ['Pakistan\'s "need" of it, they say, is plain to see'],
        [Edit(CUT, "…", ", they say,")],
    ),
    "the source's own brackets beside a cut": (
        "we [the board] all agree […] and act on it",
        ["we [the board] all agree, they say, and act on it"],
        [Edit(CUT, "[…]", ", they say,")],
    ),
    "over the source's interruption": (
        "We agree on it, and we act … in good time",
        ["We agree on it,", "and we act, as ever, in good time"],
        [Edit(CUT, "…", ", as ever,")],
    ),
    "Chinese": ("港口不会关闭……港口还要扩建", ["港口不会关闭，他说，港口还要扩建"], [Edit(CUT, "……", "，他说，")]),
    "Chinese, short": ("港口将开放…还要扩建", ["港口将开放，他说，还要扩建"], None),
}  # fmt: skip
NOT_EDITED = {
    "no mark": ("we agree and we act", "we agree, as I said, and we act"),
    "a part of two words": ("we agree … and we act now", "we agree, as I said, and we act now"),
    "parts in another order": ("and we act now … we all agree", "we all agree, as I said, and we act now"),
    "a part twice": ("we all agree … we all agree", "we all agree, as I said, and we act now"),
    "a changed word beside a cut": ("we all agree … and we rest now", "we all agree, as I said, and we act now"),
    "a changed digit beside a cut": ("we have 12 … and 5 of them sail", "we have 13, old, and 5 of them sail"),
    "a changed case beside a cut": ("We all agree … and we act now", "we all agree, as I said, and we act now"),
    "a paragraph break inside a part": ("we all agree … and we act now", "we all agree, as I said, and\nwe act now"),
    "an unmarked beginning": ("we all agree … and we act now", "Then we all agree, as I said, and we act now"),
    "an unmarked end": ("we all agree … and we act now", "we all agree, as I said, and we act now or never"),
    "nothing is cut": ("we all agree … and we act now", "we all agree and we act now"),
    "a comma alone is cut": ("we all agree … and we act now", "we all agree, and we act now"),
    "the negation is cut": ("we really do … agree with this", "we really do not agree with this"),
    "the contracted negation is cut": ("we all say … agree with this", "we all say we don't agree with this"),
    "the negation before it is cut": ("… agree with this plan", "We do not agree with this plan"),
    "the negation after it is cut": ("we agree with this …", "we agree with this not at all"),
    "a negation in the clause is cut": ("we will surely … go there", "we will surely never in my life go there"),
    "a negation is put in": ("we do [not] agree on it", "we do agree on it"),
    "a negation is put in among others": ("we do [certainly not] agree on it", "we do agree on it"),
    "a name for another name": ("[Iqbal] agreed to it", "Lind agreed to it"),
    "a name for a number": ("we have [13] ships now", "we have 12 ships now"),
    "nobody for a pronoun": ("[Nobody] agreed to it", "He agreed to it"),
    "another initial": ("[t]he plan is good", "She plan is good"),
    "an initial that is the same": ("[t]he plan is good", "the plan is good"),
    "an accent for an initial": ("[é]lite plans are good", "Elite plans are good"),
    "letters put to a word": ("we agree[d] on it", "we agree on it"),
    "letters put before a word": ("we [dis]agree on it", "we agree on it"),
    "thousands put into a number": ("in 10[ thousand],000", "in 10,000"),
    "a word of a number put in": ("we have 10 [million] ships now", "we have 10 ships now"),
    "digits put to a number": ("we have [2] 500 ships now", "we have 500 ships now"),
    "a preposition for another": ("it was decided [by] the board", "it was decided on the board"),
    "two stops at the end": ("we all agree [too] on it", "we all agree on it،۔"),
    "two brackets side by side": ("we [all] [now] agree on it", "we agree on it"),
    "a bracket alone": ("[He]", "He"),
    "an empty bracket": ("we [ ] agree on it", "we agree on it"),
    "a comma in brackets": ("we[,] agree on it", "we agree on it"),
    "a bracket that is not closed": ("we [all agree on it", "we agree on it"),
    "five stops": ("we all agree ..... and we act now", "we all agree, as I said, and we act now"),
    "a cut inside a word": ("we all coop…ration is needed", "we all cooperate, and ration is needed"),
    "an ellipsis where the source has its own": ("we all agree … and we act", "we all … agree, I said, and we act"),
}  # fmt: skip


@pytest.mark.parametrize(("quote", "passages", "made"), EDITED.values(), ids=EDITED)
def test_marked_edits_are_told_with_what_stands_in_the_source(quote, passages, made):
    assert edits(quote, passages) == tuple(made or ())
    assert (compare(quote, passages) == Verdict.EDITED) is (made is not None)


@pytest.mark.parametrize(("quote", "passage"), NOT_EDITED.values(), ids=NOT_EDITED)
def test_what_the_marks_do_not_account_for_is_no_honest_edit(quote, passage):
    assert compare(quote, [passage]) in (Verdict.ALTERED, Verdict.MISSING)
    assert edits(quote, [passage]) == ()


def test_words_that_stand_as_they_are_have_no_edits():
    assert edits("we agree […] on it", ["we agree […] on it"]) == ()
    assert compare("we agree [sic] on it", ["we agree [sic] on it"]) == Verdict.EXACT


TEXT = (
    "He said that we all agree on it, as everybody knows, and that we act at once. Much was said after that, some of it"
    " in anger." + " Then it rained." * 60 + " In the end the board went home early."
)


@pytest.mark.parametrize(
    ("quote", "verdict"),
    [
        ("we all agree on it … we act at once", Verdict.EDITED),
        ("… we all agree on it …", Verdict.EDITED),
        ("[w]e all agree on it", Verdict.MISSING),
        ("[M]uch was said after that", Verdict.MISSING),
        ("[m]uch was said after that", Verdict.EDITED),
        ("[t]he board … went home early", Verdict.MISSING),
        ("we all agree on it … the board went home early", Verdict.MISSING),
        ("we act at once … we all agree on it", Verdict.MISSING),
        ("we all agree [with him] on it", Verdict.EDITED),
        ("we all agree [not] on it", Verdict.MISSING),
    ],
)
def test_edited_words_are_found_in_a_text_in_order_and_not_far_apart(quote, verdict):
    assert find_in(quote, TEXT) == verdict

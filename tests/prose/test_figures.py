"""Numbers and dates in prose: which are found, which are no figures, and which equal each other."""

import time

import pytest

from briefings.prose import Known, figures


def printed(text, **kwargs):
    return [figure.printed for figure in figures(text, **kwargs)]


def gives(passage, prose, **kwargs):
    """Whether a passage gives every figure of a prose that has some."""
    known, found = Known([passage], **kwargs), figures(prose)
    assert found, prose
    return all(known.gives(figure) for figure in found)


@pytest.mark.parametrize(
    ("passage", "prose"),
    [
        ("40 ministers", "forty ministers"),
        ("forty ministers", "40 ministers"),
        ("a 10,000-personnel strong force", "a force of 10 000"),
        ("a force of 10\u202f000", "10,000 people, ten thousand of them"),
        ("10.000 Mann", "10,000 men"),
        ("10,00,000 rupees", "a million rupees, 1,000,000 or 10 lakh"),
        ("$1.5bn", "1.5 billion, or 1,500 million"),
        ("one hundred and ninety-four", "194"),
        ("the 86th session", "the eighty-sixth session"),
        ("40%", "forty per cent, 40 percent"),
        ("two thirds of all", "2/3 of all"),
        ("a dozen people", "12 people, or twelve"),
        ("a couple of days", "two days"),
        ("in the 1990s", "the mid-1990s"),
        ("at 9:30 p.m.", "at 9.30 pm"),
        ("Sept 26", "26 September 2017"),
        ("September 26, 2017", "on 26 September and in September 2017, in September, in 2017"),
        ("2017-09-26", "Tuesday, 26th of September 2017"),
        ("26/09/2017", "26 September 2017"),
        ("26–29 September 2017", "from 26 September to 29 September"),
        ("on Sept. 26th", "the 26th"),
        ("١٩٤ دولة", "194 states"),
        ("1950-1960", "between 1950 and 1960"),
    ],
)
def test_what_says_the_same_is_known(passage, prose):
    assert gives(passage, prose)


@pytest.mark.parametrize(
    ("passage", "prose"),
    [
        ("194 members", "195 members"),
        ("1940 and 19,4", "194"),
        ("40 ministers", "40%"),
        ("40%", "40 ministers"),
        ("the 86th session", "86 sessions"),
        ("10,000 people", "100,000 people"),
        ("10 million", "10 billion"),
        ("26 September 2017", "26 September 2018"),
        ("26 September 2017", "27 September 2017"),
        ("September 2017", "26 September 2017"),
        ("in May 2017", "in June"),
        ("1990s", "1980s"),
        ("on Tuesday", "on Wednesday"),
        ("two thirds", "three quarters"),
        ("26 September 2017", "2,017 people"),
    ],
)
def test_what_says_something_else_is_not_known(passage, prose):
    assert not gives(passage, prose)


def test_a_date_without_its_year_is_of_a_year_that_is_known():
    assert gives("Sept 26", "26 September 2017", dates=[(2017, 9, 26)])
    assert not gives("Sept 26", "26 September 2019", dates=[(2017, 0, 0)])


@pytest.mark.parametrize(
    "text",
    [
        "One of them, no one, at first, on the one hand, a second look",
        "It may be so, they march on, May I ask, an august body, the sun sat",
        "The two stand apart; these three do too",
        "Several thousand people, hundreds of them, dozens",
        "COVID-19, F-16, A4, G20, 5G, MH370, H2O, v2.1, 1.2.3, 24/7",
        "See https://example.org/2017/09, www.a1.org/40, news24.com and mail4@example.org",
        "",
        "\0\0\0",
    ],
)
def test_what_counts_nothing_is_no_figure(text):
    assert printed(text) == []


def test_a_source_is_read_for_all_that_it_may_mean():
    assert {"One", "first", "two", "both", "half"} <= set(printed("One, first, the two, both, half", generous=True))


def test_figures_stand_where_they_say():
    text = "On 26–29 September 2017 some 10,000 people and forty-two ministers, 40% of all, met."
    assert printed(text) == ["26–29 September 2017"] * 2 + ["10,000", "forty-two", "40%"]
    assert all(text[one.start : one.end] == one.printed for one in figures(text))


@pytest.mark.parametrize(
    "piece", ["1 ", "one ", "a hundred and ", "1,000", "1-", "May ", "1/", "1.", "a-", "9:30 ", "www."]
)
def test_hostile_text_takes_time_in_proportion(piece):
    def seconds(size):
        started = time.perf_counter()
        figures.__wrapped__((piece * size)[:size])
        return time.perf_counter() - started

    short, long = min(seconds(10_000) for _ in range(3)), seconds(80_000)
    assert long < max(40 * short, 0.4)

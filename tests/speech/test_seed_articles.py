"""The two seed articles, read as a careful analyst reads them: everything that is there, and nothing else."""

import json

import pytest

from briefings.speech import Form, propose

from .conftest import FIXTURES

ASSEMBLY = "86th General Assembly of Interpol"
IQBAL, XI, RELAY = "Ahsan Iqbal", "Xi Jinping", "China.org"
# How it begins, its form and kind, whose it is and how that is printed, the cue, who relayed it, and where it was said.
NEWS = [
    ("Interior Minister Ahsan Iqbal on Tuesday urged global cooperation", "indirect", "paraphrase", IQBAL,
     "Interior Minister Ahsan Iqbal", "urged", [(RELAY, "according to")], ASSEMBLY),
    ("China.org, an authorised Chinese government portal", "own voice", "assertion", "", "", "", [], ""),
    ("The growing challenge of globalisation", "direct", "quotation", IQBAL, "the minister", "quoted … saying",
     [(RELAY, "quoted")], ASSEMBLY),
    ("Today terrorists and criminals are forming", "direct", "quotation", IQBAL, "Iqbal", "said", [], ASSEMBLY),
    ("Pakistan is working on modernising its police force", "indirect", "paraphrase", IQBAL, "Iqbal", "adding", [],
     ASSEMBLY),
    ("Highlighting Pakistan's successes in the fight", "indirect", "opinion", RELAY, RELAY, "said", [],
     ""),
    ("the country is willing to share its experiences", "indirect", "paraphrase", IQBAL, "the minister", "said",
     [(RELAY, "said")], ASSEMBLY),
    ("Pakistan is strongly committed to the charter", "direct", "quotation", IQBAL, "Iqbal", "quoted as saying",
     [("", "was quoted as saying")], ASSEMBLY),
    ("the China-Pakistan Economic Corridor would open", "indirect", "paraphrase", IQBAL, "Iqbal", "said", [], ASSEMBLY),
    ("The minister also endorsed Chinese President Xi Jinping's vision", "indirect", "paraphrase", IQBAL,
     "The minister", "endorsed", [], ASSEMBLY),
    ("it was the need of the hour", "indirect", "paraphrase", IQBAL, "The minister", "saying", [], ASSEMBLY),
    ("He also welcomed Xi's announcement", "indirect", "paraphrase", IQBAL, "He", "welcomed", [], ASSEMBLY),
    ("China is committed to helping developing countries fight crime", "indirect", "paraphrase", XI, "Xi",
     "announcement", [], ""),
    ("Pakistan has raised a 10,000-personnel strong", "indirect", "paraphrase", IQBAL, "Iqbal", "told", [],
     ASSEMBLY),
    ("the Chinese president proposed enhanced reforms", "indirect", "paraphrase", XI, "the Chinese president",
     "proposed", [(RELAY, "reported")], ASSEMBLY),
    ("Countries and inter-governmental organisations", "direct", "quotation", XI, "Xi", "suggested", [], ASSEMBLY),
    ("Countries, while maintaining their own security", "direct", "quotation", XI, "Xi", "said", [], ASSEMBLY),
    ("urging major countries to support underdeveloped", "indirect", "paraphrase", XI, "Xi", "urging", [], ASSEMBLY),
    ("On the sidelines of the Interpol summit, Iqbal held talks", "indirect", "assertion", RELAY, RELAY, "reported", [],
     ""),
    ("Over 100 countries, including 40 ministers", "indirect", "assertion", RELAY, RELAY, "according to", [], ""),
]  # fmt: skip


def words(text, proposal):
    return " ".join(text[start:end] for start, end in proposal.spans)


def test_the_news_article_yields_as_many_statements_as_an_analyst_finds(news):
    assert [words(news, one)[:25] for one in propose(news)] == [row[0][:25] for row in NEWS]


@pytest.mark.parametrize("row", NEWS, ids=lambda row: row[0][:40])
def test_each_statement_of_the_news_article_has_its_speaker_chain_and_event(news, row):
    beginning, form, kind, name, printed, verb, chain, event = row
    found = next(one for one in propose(news) if words(news, one).startswith(beginning))
    assert (found.form, found.kind) == (form, kind)
    assert (found.name, found.printed, found.verb) == (name, printed, verb)
    assert [(relay.name, relay.verb) for relay in found.chain] == chain
    assert found.event == event


def test_statements_of_the_news_article_have_the_words_that_the_analysts_took(news):
    records = json.loads((FIXTURES / "60_statements.json").read_text())
    statements = [record["fields"] for record in records if record["model"] == "briefings.statement"]
    wanted = {fields["text"] for fields in statements if fields["key"].startswith(("iqbal-", "xi-"))}
    assert wanted <= {words(news, one) for one in propose(news)}


def test_a_named_relay_and_the_event_point_to_where_they_are_printed(news):
    found = propose(news)
    assert {news[slice(*relay.span)] for one in found for relay in one.chain if relay.span} == {RELAY}
    assert {news[slice(*one.event_span)] for one in found if one.event_span} == {ASSEMBLY}


def test_the_headline_is_no_statement(news):
    assert min(one.spans[0][0] for one in propose(news)) > news.index("\n")


def test_quotations_are_surer_than_stances_and_the_text_s_own_voice(news):
    found = {words(news, one)[:30]: one.confidence for one in propose(news)}
    assert found["The growing challenge of globa"] >= 0.9 > found["The minister also endorsed Chi"] >= 0.5
    assert found["China.org, an authorised Chine"] < 0.5


@pytest.mark.parametrize(
    ("words_of_it", "kind"),
    [
        ("Established in 1923", "assertion"),
        ("194 member countries", "assertion"),
        ("comprises a General Assembly, an Executive Committee", "assertion"),
        ("based in Lyon, France", "assertion"),
        ("Since joining Interpol in 1950", "assertion"),
        ("national central bureau located in Islamabad", "assertion"),
        ("serves as Interpol’s operational arm in Pakistan", "assertion"),
        ("plays a crucial role in maintaining global law enforcement", "opinion"),
        ("has been notable, with significant contributions", "opinion"),
        ("needs to align its legal systems", "opinion"),
        ("has the potential to assume a more prominent role", "opinion"),
    ],
)
def test_the_explainer_s_claims_are_proposed_as_its_own_voice(explainer, words_of_it, kind):
    found = next(one for one in propose(explainer) if words_of_it in words(explainer, one))
    assert (found.form, found.kind, found.name, found.chain) == (Form.OWN, kind, "", ())
    assert found.confidence < 0.5


def test_the_explainer_s_hard_facts_are_surer_than_its_praise(explainer):
    found = propose(explainer)
    facts = [one.confidence for one in found if one.kind == "assertion"]
    assert min(facts) > max(one.confidence for one in found if one.kind == "opinion")


@pytest.mark.parametrize("leftover", ["Section Image", "Book a call", "Your message send", "Understanding Interpol’s"])
def test_headings_and_leftovers_of_the_page_are_no_statements(explainer, leftover):
    assert leftover in explainer
    assert not [one for one in propose(explainer) if leftover in words(explainer, one)]


def test_the_explainer_s_filler_is_no_statement(explainer):
    said = " | ".join(words(explainer, one) for one in propose(explainer))
    for filler in (
        "Before delving",
        "it is essential",
        "In conclusion",
        "Looking ahead",
        "This collaboration is vital",
    ):
        assert filler not in said


def test_most_of_what_analysts_took_from_the_explainer_is_proposed_and_little_else(explainer):
    records = json.loads((FIXTURES / "60_statements.json").read_text())
    passages = [
        (fields["start"], fields["end"])
        for record in records
        if record["model"] == "briefings.passage"
        and (fields := record["fields"])["evidence"][0].startswith("explainer-")
    ]
    spans = [span for one in propose(explainer) for span in one.spans]

    def meets(one, other):
        return one[0] < other[1] and other[0] < one[1]

    assert sum(any(meets(passage, span) for span in spans) for passage in passages) >= 0.85 * len(passages)
    assert sum(any(meets(span, passage) for passage in passages) for span in spans) >= 0.85 * len(spans)

"""What the seed content promises its readers: every line of the articles is there, and nothing that they do not say."""

import re

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db.models import Q

from briefings.models import (
    AttributionStep,
    Briefing,
    Claim,
    Event,
    Evidence,
    Organization,
    Passage,
    Person,
    PublishedRevision,
    Snapshot,
    Source,
    Statement,
    StatementLink,
    Topic,
)
from briefings.quotes import Verdict, compare

NEWS, PAGE = "dawn-2017-interpol-beijing", "interpolrednotice-pakistan"
HASHES = {
    NEWS: "79d8fcd089adf53c22131b846fc25dc74cb43b0aa0868c6b8c2e1c4ee9afc709",
    PAGE: "19c7eefa4ea0f316e455b014368f8398bad75031770d880a89457844b9c762bb",
}
RELAYS = {
    "iqbal-2017-call": [("China.org", "according to")],
    "iqbal-2017-collaborative": [("China.org", "quoted")],
    "iqbal-2017-experience": [("China.org", "said")],
    "iqbal-2017-charter": [(None, "was quoted as saying")],
    "xi-2017-proposal": [("China.org", "reported")],
}
SAID_BY_CHINA_ORG = {
    "china-org-2017-attendance",
    "china-org-2017-setting",
    "china-org-2017-successes",
    "china-org-2017-talks",
    "china-org-2017-xi-opened",
}
DRAFT_BRIEFING = "technology-and-pakistans-role-in-interpol"

pytestmark = pytest.mark.django_db


def all_models():
    return apps.get_app_config("briefings").get_models()


def text_of(source):
    return Snapshot.objects.get(source__key=source).text


def line_around(text, position):
    return text[text.rfind("\n", 0, position) + 1 :].split("\n", 1)[0]


def sentences_of_the_news():
    """Yield (start, end) of each sentence below the title."""
    text = text_of(NEWS)
    below = text.index("\n")
    for found in re.finditer(r'(?<=[\n ])[A-Z"].*?\.(?=\s+[A-Z"]|\Z)', text[below:]):
        yield found.start() + below, found.end() + below


def public_revisions():
    return PublishedRevision.objects.filter(briefing__in=Briefing.objects.published())


def cited_keys(body):
    return re.findall(r"@([a-z0-9-]+)", body)


def paragraphs(body):
    """Yield (words without citations and addresses, cited keys, is analysis) of each paragraph, headings left out."""
    analysis = False
    for block in body.strip().split("\n\n"):
        analysis = analysis or block.startswith("::: analysis")
        if not block.startswith("#"):
            yield re.sub(r"\[[^\[\]]*@[^\[\]]*\]|\]\([^()]*\)", "", block), cited_keys(block), analysis
        analysis = analysis and not block.endswith("\n:::")


def public(keys):
    return Statement.objects.published().filter(key__in=keys)


def cited_words(keys):
    passages = Passage.objects.published().filter(evidence__statement__in=public(keys))
    return list(passages.values_list("exact", flat=True))


def claims_of(*things):
    """Claims that have one of these organizations at either end."""
    return Claim.objects.filter(Q(subject_organization__in=things) | Q(object_organization__in=things))


def test_the_stored_copies_are_the_articles_character_for_character(seed):
    stored = {copy.source.key: copy for copy in Snapshot.objects.select_related("source")}
    assert {key: copy.text_sha256 for key, copy in stored.items()} == HASHES
    for copy in stored.values():
        copy.full_clean()
        assert (copy.method, copy.captured_at, copy.raw_sha256) == ("supplied", None, copy.text_sha256)


def test_what_the_texts_do_not_say_about_themselves_is_empty_or_marked_as_known_to_the_editors(seed):
    news, page = Source.objects.get(key=NEWS), Source.objects.get(key=PAGE)
    assert (news.title, page.title) == (text_of(NEWS).split("\n")[0], text_of(PAGE).split("\n")[0])
    assert (news.authors, page.authors, page.published) == ("", "", "")
    assert (news.published, news.published_basis) == ("2017-09", "editors")
    assert news.published_note and news.note and page.note


def test_everything_passes_full_validation(seed):
    for model in all_models():
        for record in model._default_manager.all():
            record.full_clean()


def test_the_files_are_valid_for_loaddata_too(db):
    call_command("loaddata", *sorted((settings.BASE_DIR / "fixtures").glob("*.json")), verbosity=0)
    assert Statement.objects.published().count() > 60


def test_whatever_the_news_report_quotes_is_a_quotation_statement(seed):
    quoted = {words.rstrip(",") for words in re.findall('"([^"]+)"', text_of(NEWS))}
    quotations = Statement.objects.published().filter(kind="quotation")
    assert quoted == set(quotations.values_list("text", flat=True))
    assert len(quoted) == 5


def test_every_quotation_matches_its_passage_exactly(seed):
    for evidence in Evidence.objects.published().filter(statement__kind="quotation").select_related("statement"):
        exact = [passage.exact for passage in evidence.passages.all()]
        assert compare(evidence.statement.text, exact) == Verdict.EXACT


def test_the_words_of_every_statement_stand_in_its_passages(seed):
    for statement in Statement.objects.all():
        passages = Passage.objects.filter(evidence__statement=statement)
        assert any(statement.text in passage.exact for passage in passages), statement


def test_every_sentence_of_the_news_report_carries_a_statement(seed):
    text = text_of(NEWS)
    passages = Passage.objects.published().filter(evidence__snapshot__source__key=NEWS)
    sentences = list(sentences_of_the_news())
    assert len(sentences) == 14
    for start, end in sentences:
        assert passages.filter(start__lt=end, end__gt=start).exists(), text[start:end]


def test_headings_and_leftovers_of_a_page_are_in_no_passage(seed):
    for passage in Passage.objects.select_related("evidence__snapshot"):
        line = line_around(passage.evidence.snapshot.text, passage.start)
        assert line.endswith(".") and passage.exact in line, passage.exact


def test_relays_stand_where_the_text_names_them_and_nowhere_else(seed):
    found = {}
    for step in AttributionStep.objects.select_related("evidence", "organization").order_by("evidence", "order"):
        relay = step.relay.name if step.relay else None
        found.setdefault(step.evidence.statement.key, []).append((relay, step.verb))
    assert found == RELAYS


def test_what_china_org_itself_reports_is_said_by_china_org(seed):
    said = Statement.objects.filter(speaker_organization__slug="china-org")
    assert set(said.values_list("key", flat=True)) == SAID_BY_CHINA_ORG
    for passage in Passage.objects.filter(evidence__statement__in=said):
        assert "China.org" in passage.exact


def test_reported_statements_have_their_speaker_name_and_verb_as_printed(seed):
    text = text_of(NEWS)
    reported = Evidence.objects.filter(statement__kind__in=["quotation", "paraphrase"]).select_related("statement")
    assert reported.count() == 16
    for evidence in reported:
        assert evidence.statement.speaker_person, evidence
        assert evidence.name_printed and evidence.name_printed in text, evidence
        assert evidence.verb and evidence.verb in text, evidence


def test_the_day_of_the_speech_is_marked_as_worked_out(seed):
    dated = Statement.objects.exclude(said="")
    assert dated.count() == 15
    assert not dated.exclude(said="2017-09-26", said_basis="derived").exists()
    assert not dated.filter(Q(said_note="") | Q(event=None)).exists()


def test_an_announcement_and_its_welcome_are_statements_of_two_speakers(seed):
    announcement = Statement.objects.get(text="China is committed to helping developing countries fight crime")
    welcome = Statement.objects.get(key="iqbal-2017-welcome")
    assert (announcement.speaker.name, welcome.speaker.name) == ("Xi Jinping", "Ahsan Iqbal")
    assert announcement.said == ""


def test_reported_speech_is_not_made_a_quotation(seed):
    assert Statement.objects.get(text="it was the need of the hour").kind == "paraphrase"


def test_the_successes_are_not_the_ministers_words(seed):
    successes = Statement.objects.filter(text__contains="successes in the fight")
    assert [statement.speaker.name for statement in successes] == ["China.org"]


def test_no_claim_makes_china_the_host(seed):
    assert not Claim.objects.filter(property="host").exists()
    assert not Claim.objects.exclude(subject_event=None).filter(object_organization__slug="china").exists()


def test_the_fia_is_no_part_of_interpol_and_not_the_bureau(seed):
    fia, bureau = Organization.objects.get(slug="federal-investigation-agency"), Organization.objects.get(kind="bureau")
    claims = claims_of(fia, bureau)
    assert claims.exists()
    assert not claims.filter(property__in=["part-of", "member-of", "operates", "represents"]).exists()
    assert not claims.filter(object_organization__slug="interpol").exists()
    assert not set(claims_of(fia)) & set(claims_of(bureau))


def test_only_the_general_secretariat_has_a_seat(seed):
    assert [claim.subject.slug for claim in Claim.objects.filter(property="seat")] == ["interpol-general-secretariat"]


def test_the_number_of_members_carries_no_date(seed):
    claim = Claim.objects.get(value__contains="194")
    assert (claim.subject.slug, claim.property, claim.during) == ("interpol", "number-of-members", "")
    assert claim.statement.said == ""


def test_the_special_force_is_known_from_what_the_minister_told_the_assembly_alone(seed):
    force = Organization.objects.get(slug="special-force-chinese-workers")
    assert {claim.statement.key for claim in claims_of(force)} == {"iqbal-2017-special-force"}
    corridor = Organization.objects.get(slug="china-pakistan-economic-corridor")
    assert claims_of(corridor).exists()
    assert not set(claims_of(force)) & set(claims_of(corridor))


def test_nobody_is_added_to_the_people_whom_the_articles_name(seed):
    assert set(Person.objects.values_list("name", flat=True)) == {"Ahsan Iqbal", "Xi Jinping"}
    assert not PublishedRevision.objects.exclude(authors=None).exists()


def test_the_undated_page_speaks_in_its_own_voice(seed):
    own = Statement.objects.filter(evidence__snapshot__source__key=PAGE)
    assert own.count() > 40
    assert all(statement.speaker is None and statement.said == "" and statement.event is None for statement in own)
    assert set(own.values_list("kind", flat=True)) == {"assertion", "opinion"}


def test_praise_is_filed_as_opinion_and_makes_no_public_claim(seed):
    opinions = Statement.objects.published().filter(kind="opinion")
    assert opinions.filter(text__contains="has been notable").exists()
    assert not Claim.objects.published().filter(statement__in=opinions).exists()


def test_neither_article_is_made_to_corroborate_the_other(seed):
    for link in StatementLink.objects.all():
        ends = [link.from_statement, link.to_statement]
        assert Source.objects.filter(snapshots__evidence__statement__in=ends).distinct().count() == 1, link


def test_three_briefings_are_public_as_their_first_revision_holds_them(seed):
    assert public_revisions().count() == 3
    for revision in public_revisions():
        briefing = revision.briefing
        assert revision.version == 1
        for part in ("title", "standfirst", "body", "language"):
            assert getattr(revision, part) == getattr(briefing, part)
        assert set(revision.topics.all()) == set(briefing.topics.all())


def test_every_paragraph_of_a_public_briefing_cites_or_is_analysis(seed):
    for revision in public_revisions():
        for words, keys, analysis in paragraphs(revision.body):
            assert analysis or keys, words
            assert public(keys).count() == len(set(keys)), keys


def test_every_quotation_and_number_of_a_briefing_stands_in_a_passage_cited_beside_it(seed):
    for revision in public_revisions():
        for words, keys, _analysis in paragraphs(revision.body):
            cited = cited_words(keys)
            for part in re.findall(r"“[^”]+”|\d[\d,]*", words):
                assert any(part.strip("“”") in exact for exact in cited), part


def test_a_standfirst_holds_no_number_that_its_briefing_does_not_cite(seed):
    for revision in public_revisions():
        cited = cited_words(cited_keys(revision.body))
        for number in re.findall(r"\d[\d,]*", revision.standfirst):
            assert any(number in exact for exact in cited), number


def test_no_briefing_calls_anything_a_fact(seed):
    for briefing in Briefing.objects.all():
        words = f"{briefing.title} {briefing.standfirst} {briefing.body}"
        assert not re.search(r"\b(facts?|true|truth|verified|proven|proves)\b", words, re.IGNORECASE)


def test_a_draft_and_what_it_alone_uses_stay_hidden(seed):
    draft = Briefing.objects.get(slug=DRAFT_BRIEFING)
    keys = cited_keys(draft.body)
    assert len(keys) == Statement.objects.filter(key__in=keys).count() == 3
    assert not draft.revisions.exists() and draft not in Briefing.objects.published()
    assert not public(keys).exists()
    assert not Claim.objects.published().filter(statement__key__in=keys).exists()
    for model, slug in [(Organization, "pakistan-law-enforcement-agencies"), (Topic, "police-technology")]:
        assert model.objects.filter(slug=slug).exists() and not model.objects.published().filter(slug=slug).exists()


def pointed_at(record):
    """Yield (name, model, keys) of what a record points at, where that model knows a public side."""
    for field in [*record._meta.concrete_fields, *record._meta.local_many_to_many]:
        if not field.is_relation or not hasattr(field.related_model._default_manager, "published"):
            continue
        value = field.value_from_object(record)
        keys = [thing.pk for thing in value] if field.many_to_many else [value]
        yield field.name, field.related_model, {key for key in keys if key is not None}


def test_whatever_a_public_thing_points_at_is_public(seed):
    for model in all_models():
        if not hasattr(model._default_manager, "published"):
            continue
        for record in model.objects.published():
            for name, other, keys in pointed_at(record):
                assert other.objects.published().filter(pk__in=keys).count() == len(keys), (record, name)


def test_every_public_topic_leads_to_something(seed):
    for topic in Topic.objects.published():
        used = [topic.statements.published(), topic.briefings.published(), topic.children.published()]
        assert any(things.exists() for things in used), topic


def test_every_public_organization_person_and_event_is_tied_to_a_public_statement_or_source(seed):
    for model in (Organization, Person, Event):
        for thing in model.objects.published():
            publishes = getattr(thing, "sources", None)
            about = Statement.objects.published().about(thing)
            assert about.exists() or (publishes and publishes.published().exists()), thing

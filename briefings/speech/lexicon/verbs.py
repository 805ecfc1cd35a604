"""Verbs of reporting, in the classes of the field, and their forms. Each class says what a verb may be followed by."""

from dataclasses import dataclass
from enum import Flag, auto

from .lists import words_of


class Takes(Flag):
    """What may follow a verb, or go with it: its complements."""

    NOTHING = 0
    CLAUSE = auto()  # said (that) it was so
    LISTENER = auto()  # told us that it was so
    QUOTATION = auto()  # "It is so," she added
    INFINITIVE = auto()  # promised to go
    ORDER = auto()  # urged us to go
    THING = auto()  # announced a plan
    QUESTION = auto()  # asked whether it was so


_SPEECH = Takes.CLAUSE | Takes.QUOTATION
_CLASSES: list[tuple[str, Takes, str]] = [
    (
        "saying",
        _SPEECH,
        "say state add note remark observe comment maintain contend argue reason claim assert allege insist"
        " reiterate repeat stress emphasise emphasize underline underscore highlight explain clarify elaborate"
        " conclude concede admit acknowledge confess agree concur reply respond answer retort counter rebut rejoin"
        " recall remember reminisce recount relate testify attest swear vouch estimate predict forecast prophesy joke"
        " quip jest boast brag complain grumble gripe lament fret worry muse marvel gush enthuse speculate surmise"
        " hypothesise hypothesize theorise theorize conjecture opine venture posit postulate disclose divulge reveal"
        " intimate imply hint suggest signal indicate declare proclaim pronounce announce report write tweet post"
        " blog retweet text email cable wire confirm affirm reaffirm aver avow profess deny mention specify caution"
        " warn point pledge promise vow threaten rule read decree interject object protest plead exclaim deadpan"
        " editorialise editorialize",
    ),
    (
        "voicing",
        Takes.QUOTATION,
        "continue begin finish interrupt shout yell scream cry bellow roar thunder whisper mutter mumble murmur"
        " groan moan sigh sob laugh chuckle grin smile beam crow snap bark growl snarl hiss sneer scoff snort shrug"
        " wink nod chant boom intone drawl stammer stutter blurt chime chirp drone fume rage rant rail implore"
        " beseech sing recite bemoan wail howl shriek squeal gasp croak rasp purr coo ejaculate expound wonder tease"
        " taunt jeer explode erupt vent rejoice reflect",
    ),
    ("telling", _SPEECH | Takes.LISTENER | Takes.ORDER, "tell"),
    ("telling", Takes.CLAUSE | Takes.LISTENER, "inform remind assure reassure notify advise brief persuade convince"),
    ("telling", Takes.CLAUSE | Takes.LISTENER | Takes.ORDER | Takes.QUOTATION, "warn caution admonish instruct"),
    (
        "asking",
        Takes.QUOTATION | Takes.QUESTION | Takes.LISTENER | Takes.ORDER | Takes.THING,
        "ask query inquire enquire",
    ),
    ("asking", Takes.QUESTION | Takes.THING | Takes.QUOTATION, "question wonder"),
    (
        "urging",
        Takes.ORDER | Takes.THING | Takes.QUOTATION | Takes.CLAUSE,
        "urge exhort implore beg plead entreat beseech order command direct instruct request recommend advise"
        " counsel encourage advocate demand",
    ),
    ("pledging", Takes.INFINITIVE | Takes.THING, "pledge promise vow threaten propose agree swear undertake offer"),
    (
        "naming",
        Takes.THING,
        "announce report declare reveal disclose predict forecast propose suggest confirm deny claim note mention"
        " cite recall describe detail outline acknowledge admit state explain repeat reiterate stress emphasise"
        " emphasize underline underscore highlight quote proclaim estimate argue recommend",
    ),
    (
        "stance",
        Takes.THING,
        "welcome endorse condemn denounce praise applaud laud hail commend criticise criticize decry deplore"
        " lambaste slam blast reject oppose dismiss rebuke chide ridicule mock regret lament protest congratulate"
        " defend",
    ),
    ("naming", Takes.NOTHING, "accuse apologise apologize"),
    ("thinking", Takes.CLAUSE, "believe think hope feel fear suspect doubt"),
]
# Verbs that report what a phrase with one of these prepositions names: warned of a crisis, agreed to the terms.
PREPOSITIONS = {
    "warn": "of about against",
    "caution": "against about",
    "complain": "about of",
    "grumble": "about",
    "agree": "to with on",
    "admit": "to",
    "confess": "to",
    "boast": "of about",
    "brag": "about",
    "joke": "about",
    "speculate": "about on",
    "object": "to",
    "testify": "about",
    "write": "about of",
    "insist": "on",
    "comment": "on",
    "remark": "on upon",
    "report": "on",
    "worry": "about",
    "ask": "about for",
    "inquire": "about",
    "enquire": "about",
    "plead": "for",
    "hint": "at",
    "wonder": "about",
    "tell": "of about",
    "inform": "of about",
    "assure": "of",
    "remind": "of about",
    "accuse": "of",
    "apologise": "for",
    "apologize": "for",
    "reflect": "on",
    "elaborate": "on",
    "concur": "with",
}
_PAST = {
    "say": "said",
    "tell": "told",
    "write": "wrote/written",
    "swear": "swore/sworn",
    "read": "read",
    "let": "let",
    "begin": "began/begun",
    "think": "thought",
    "feel": "felt",
    "sing": "sang/sung",
    "beseech": "besought",
    "undertake": "undertook/undertaken",
    "forecast": "forecast",
    "grin": "grinned",
    "snap": "snapped",
    "admit": "admitted",
    "blog": "blogged",
    "quip": "quipped",
    "regret": "regretted",
    "slam": "slammed",
    "beg": "begged",
    "brag": "bragged",
    "aver": "averred",
    "rebut": "rebutted",
    "nod": "nodded",
    "shrug": "shrugged",
    "chat": "chatted",
    "sob": "sobbed",
    "pen": "penned",
    "infer": "inferred",
    "refer": "referred",
    "post": "posted",
}


@dataclass(frozen=True, slots=True)
class Form:
    """One printed form of one verb. `is_finite` and `is_participle` may both hold: "she argued", "was argued"."""

    verb: str
    takes: Takes
    group: str
    is_base: bool = False
    is_present: bool = False
    is_past: bool = False
    is_participle: bool = False
    is_ing: bool = False


def _doubled(verb: str) -> str:
    past = _PAST.get(verb, "").split("/")[0]
    return past[:-2] if past.endswith(verb[-1] + verb[-1] + "ed") else verb


def _third(verb: str) -> str:
    if verb[-1] == "y" and verb[-2] not in "aeiou":
        return verb[:-1] + "ies"
    return verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z")) else "s")


def _ing(verb: str) -> str:
    if verb[-1] == "e" and not verb.endswith("ee"):
        return verb[:-1] + "ing"
    return _doubled(verb) + "ing" if verb != "begin" else "beginning"


def _pasts(verb: str) -> list[str]:
    if verb in _PAST:
        return _PAST[verb].split("/")
    if verb[-1] == "e":
        return [verb + "d"]
    if verb[-1] == "y" and verb[-2] not in "aeiou":
        return [verb[:-1] + "ied"]
    return [verb + "ed"]


def _forms() -> dict[str, Form]:
    takes: dict[str, Takes] = {}
    groups: dict[str, str] = {}
    for group, complements, verbs in _CLASSES:
        for verb in verbs.split():
            takes[verb] = takes.get(verb, Takes.NOTHING) | complements
            groups.setdefault(verb, group)
    forms: dict[str, Form] = {}
    for verb, complements in takes.items():
        past = _pasts(verb)
        common = (verb, complements, groups[verb])
        forms[_third(verb)] = Form(*common, is_present=True)
        forms[_ing(verb)] = Form(*common, is_ing=True)
        forms[verb] = Form(*common, is_base=True, is_past=verb in past, is_participle=verb in past)
        if past[-1] != verb:
            forms[past[-1]] = Form(*common, is_past=len(past) == 1, is_participle=True)
        if len(past) > 1:
            forms[past[0]] = Form(*common, is_past=True)
    return forms


FORMS = _forms()
# Forms that are nouns at least as often: verbs only where a subject stands before them.
NOUNS = words_of(
    "state states note notes comment comments claim claims report reports estimate estimates forecast forecasts joke"
    " jokes quip text texts post posts email emails cable wire caution pledge pledges promise promises vow vows point"
    " points rule rules object objects protest protests cry cries whisper sigh laugh chuckle grin smile beam beams"
    " snap bark shrug wink nod chant boom booms drone rage rant rants advance question questions wonder wonders order"
    " orders command commands request requests counsel demand demands offer offers detail details outline outlines"
    " quote quotes welcome support supports back backs hope hopes fear fears suspect suspects doubt doubts regard"
    " regards highlight highlights praise blast protest lament blog blogs tweet tweets shout scream finish brief"
    " answer answers reply replies counter counters reason reasons grant grants allow signal signals hint hints worry"
    " worries remark remarks direct let intimate read reads mock slam stress repeat repeats thought"
)

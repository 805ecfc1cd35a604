"""Nouns of reporting: what somebody's that-clause hangs on."""

from .lists import words_of
from .verbs import Form, Takes

NOUNS = words_of(
    "announcement claim assertion statement allegation suggestion contention promise pledge vow warning admission"
    " argument declaration insistence prediction remark comment complaint accusation revelation conclusion denial"
    " threat assurance proposal confession acknowledgement acknowledgment concession confirmation disclosure estimate"
    " forecast observation reminder reply response speculation testimony boast charge claims assertions statements"
    " allegations suggestions promises warnings remarks comments complaints accusations predictions threats"
    " assurances hint hints proclamation guarantee oath judgment judgement verdict finding findings ruling"
    " explanation position view opinion"
)
FORM = Form("noun", Takes.CLAUSE, "noun")

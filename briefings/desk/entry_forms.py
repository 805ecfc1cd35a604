"""What the desk asks of a statement: who said it, how it was printed, how it reached us, what it is about."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from briefings.admin.fields import LongText
from briefings.editorial.statements import Fields
from briefings.models import Evidence, Passage, Statement, StatementKind

from .entry_fields import NameField, RelaysField, SeveralNamesField

STATEMENT, EVIDENCE = "statement", "evidence"
USES = [
    (STATEMENT, gettext_lazy("Make a statement")),
    (EVIDENCE, gettext_lazy("Add to a statement that is here: the same words in another paper")),
]


def field_of(model, name, **options):
    """The form's field for a field of a model, so that what it takes is said in one place."""
    return model._meta.get_field(name).formfield(**options)


class EntryForm(forms.Form):
    """One statement and how its source prints it."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=StatementKind.choices)
    text = LongText(
        label=gettext_lazy("Words"), strip=True, widget=forms.Textarea(attrs={"rows": 4, "class": "reading"})
    )
    speaker = NameField("person", "organization", label=gettext_lazy("Speaker"), required=False)
    speaker_description = field_of(Statement, "speaker_description", help_text="")
    name_printed = field_of(Evidence, "name_printed", help_text="")
    verb = field_of(Evidence, "verb", help_text="")
    relays = RelaysField(label=gettext_lazy("Relayed by"), required=False)
    event = NameField("event", label=gettext_lazy("Event"), required=False)
    topics = SeveralNamesField("topic", label=gettext_lazy("Topics"), required=False)
    said = field_of(
        Statement, "said", help_text=gettext_lazy("2017-09-26, 2017-09 or 2017; empty where nothing says when.")
    )
    said_basis = field_of(Statement, "said_basis")
    said_note = field_of(Statement, "said_note", help_text="")
    speaker_reason = field_of(Statement, "speaker_reason", help_text="")
    locator = field_of(Passage, "locator")

    main = ("kind", "text", "speaker", "speaker_description", "name_printed", "verb", "relays", "event", "topics")
    rest = ("said", "said_basis", "said_note", "speaker_reason", "locator")

    def __init__(self, *args, user, **kwargs):
        kwargs.setdefault("prefix", None)
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if hasattr(field, "bind"):
                field.bind(user)
        for name in ("speaker_description", "name_printed", "verb", "said_note", "speaker_reason", "locator", "said"):
            self.fields[name].widget.attrs["class"] = "vTextField"

    def main_fields(self):
        return [self[name] for name in self.main]

    def rest_fields(self):
        return [self[name] for name in self.rest]

    def clean(self):
        cleaned = super().clean()
        if self.is_statement() and not self.errors:
            self._check_speaker(cleaned)
        return cleaned

    def is_statement(self):
        return True

    def _check_speaker(self, cleaned):
        speaker, description = cleaned.get("speaker"), cleaned.get("speaker_description", "").strip()
        if speaker and description:
            cleaned["speaker_description"] = ""  # a name says more than how somebody unnamed is described
        if not speaker and not description and cleaned["kind"] in (StatementKind.QUOTATION, StatementKind.PARAPHRASE):
            message = _("Say who said it, or describe somebody whom the source does not name.")
            self.add_error("speaker", ValidationError(message, code="no_speaker"))

    def fields_of_statement(self):
        cleaned = self.cleaned_data
        names = [name for name in Fields.__dataclass_fields__ if name in cleaned]
        return Fields(**{name: tuple(value) if isinstance(value := cleaned[name], list) else value for name in names})


class SelectionForm(EntryForm):
    """What selected words become: a statement, or evidence of one that is here."""

    use = forms.ChoiceField(label=gettext_lazy("What to do"), choices=USES, widget=forms.RadioSelect, initial=STATEMENT)
    existing = NameField("statement", label=gettext_lazy("Statement"), required=False)
    same_as = NameField("statement", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.data.get("use") == EVIDENCE:
            for name in ("kind", "text"):
                self.fields[name].required = False

    def is_statement(self):
        return self.cleaned_data.get("use") != EVIDENCE

    def clean(self):
        cleaned = super().clean()
        if not self.is_statement() and "existing" in cleaned and not cleaned["existing"]:
            self.add_error("existing", _("Choose the statement that these words carry."))
        return cleaned

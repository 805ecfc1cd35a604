"""Form fields shared by several pages: long texts with one kind of line end."""

from django import forms


class LongText(forms.CharField):
    """A text of several lines. Browsers send CRLF; LF is kept, and what differs in nothing else has not changed."""

    def __init__(self, **kwargs):
        kwargs.setdefault("strip", False)
        super().__init__(**kwargs)

    def to_python(self, value):
        value = super().to_python(value)
        return value.replace("\r\n", "\n") if isinstance(value, str) else value

    def has_changed(self, initial, data):
        return super().has_changed((initial or "").replace("\r\n", "\n"), data)

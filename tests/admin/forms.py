"""Fills in the admin's forms as a browser does: every field of the page is sent back, changed where a test says so."""

from html.parser import HTMLParser


class _Fields(HTMLParser):
    """Collects what a browser would send for the page's main form."""

    def __init__(self):
        super().__init__()
        self.values, self.area, self.select, self.inside = {}, None, None, False

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        name = attrs.get("name")
        if tag == "form":
            self.inside = attrs.get("method", "").lower() == "post" and attrs.get("id") != "logout-form"
        if not self.inside:
            return
        if tag == "textarea":
            self.area, self.values[name] = name, ""
        elif tag == "select":
            self.select = (name, "multiple" in attrs)
            self.values.setdefault(name, [] if "multiple" in attrs else "")
        elif tag == "option" and self.select and "selected" in attrs:
            name, multiple = self.select
            self.values[name] = [*self.values[name], attrs["value"]] if multiple else attrs["value"]
        elif tag == "input" and name and attrs.get("type") not in ("submit", "file"):
            self._input(name, attrs)

    def _input(self, name, attrs):
        if attrs.get("type") in ("checkbox", "radio") and "checked" not in attrs:
            return
        value = attrs.get("value", "on" if attrs.get("type") == "checkbox" else "")
        if name in self.values and name in ("seen", "_selected_action"):
            present = self.values[name]
            self.values[name] = [*(present if isinstance(present, list) else [present]), value]
        else:
            self.values[name] = value

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.values[self.area] = self.values[self.area].replace("\r\n", "\n").removeprefix("\n")
            self.values[self.area] = self.values[self.area].replace("\n", "\r\n")
            self.area = None
        elif tag == "select":
            self.select = None
        elif tag == "form":
            self.inside = False

    def handle_data(self, data):
        if self.area:
            self.values[self.area] += data


def fields_of(response):
    """Return {name: value} of the form that a page shows."""
    parser = _Fields()
    parser.feed(response.content.decode())
    return {name: value for name, value in parser.values.items() if "__prefix__" not in name}


def add_row(fields, prefix, **values):
    """Add a row of an inline, as "Add another" does."""
    number = int(fields[f"{prefix}-TOTAL_FORMS"])
    fields[f"{prefix}-TOTAL_FORMS"] = str(number + 1)
    fields |= {f"{prefix}-{number}-{name}": value for name, value in values.items()}
    return fields


def errors_of(response):
    """Return every error that a refused form shows, as one text."""
    context = response.context
    found = [str(context["adminform"].form.errors.as_text())]
    for inline in context["inline_admin_formsets"]:
        if inline.formset.is_bound:
            found += [str(error) for form in inline.formset.forms for error in dict(form.errors).values()]
            found += [str(error) for error in inline.formset.non_form_errors()]
    return "\n".join(found)

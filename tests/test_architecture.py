"""Who may import whom, and what no module does. Each finding is a sentence that names the file and the import."""

import ast
import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "briefings"
ENGINES = {"quotes", "articles", "speech", "rendering", "exports", "prose"}
# From the bottom up; a module imports from its own layer and those below. What is not named here is on top.
LAYERS = [
    ENGINES,
    {"models", "migrations"},
    {
        "permissions",
        "languages",
        "parties",
        "heads",
        "notes",
        "rows",
        "profiles",
        "timelines",
        "extracts",
        "pagination",
        "briefing_pages",
    },
    {"editorial", "search"},
]
FRAMEWORK = {"django", "reversion", "django_filters", "environ", "csp", "whitenoise", "config"}
GRAB_BAGS = {"utils", "util", "helpers", "services", "selectors", "common", "core", "misc", "lib"}
FILTERS = {"filter", "exclude", "get", "Q", "When", "get_object_or_404", "get_list_or_404"}
ON_STATUS = re.compile(r"(^|__)status(__|$)")


def layer(name):
    """The height of a part of `briefings`, named by its first folder or module."""
    return next((height for height, parts in enumerate(LAYERS) if name in parts), len(LAYERS))


def imported(node, path):
    """The dotted names that an import statement brings in, relative ones made absolute."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    base = [*path.parent.parts][: len(path.parent.parts) + 1 - node.level] if node.level else []
    module = ".".join([*base, *([node.module] if node.module else [])])
    return [f"{module}.{alias.name}" for alias in node.names]


def part_of(dotted):
    """The part of `briefings` a dotted name belongs to, or None for what comes from elsewhere."""
    names = dotted.split(".")
    return names[1] if names[0] == "briefings" and len(names) > 1 else None


def import_findings(path, tree):
    own = path.with_suffix("").parts[1]
    for node in ast.walk(tree):
        if not isinstance(node, ast.Import | ast.ImportFrom):
            continue
        for name in imported(node, path):
            part = part_of(name)
            if part and layer(part) > layer(own):
                yield f"{path} imports {name}, which stands above it: {own} may not know {part}."
            if own in ENGINES and (name.split(".")[0] in FRAMEWORK or (part and part not in ENGINES)):
                yield f"{path} imports {name}: an engine knows neither Django nor the rest of the site."
            if "signals" in name.split(".") or name.startswith("django.dispatch"):
                yield f"{path} imports {name}: there are no signals here; call what should happen."


def function_findings(path, tree):
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            for node in ast.walk(function):
                if isinstance(node, ast.Import | ast.ImportFrom):
                    yield f"{path}, line {node.lineno}, imports {imported(node, path)[0]} inside {function.name}()."


def status_findings(path, tree):
    if path.parts[1] in {"models", "migrations"}:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in FILTERS:
            for word in node.keywords:
                if word.arg and ON_STATUS.search(word.arg):
                    yield f"{path}, line {node.lineno}, filters on {word.arg}: published() says what is public."


def name_findings(path, tree):
    for name in path.with_suffix("").parts:
        if name in GRAB_BAGS:
            yield f"{path}: {name} says nothing about what is in it; name it for its content."


def exported(part):
    """The names that the package `part` offers to the others."""
    tree = ast.parse((PACKAGE / part / "__init__.py").read_text())
    return {alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names}


def contract_findings(path, tree):
    """What the engines and the desk offer says what goes in and comes out."""
    if path.parts[1] not in ENGINES | {"editorial"}:
        return
    for function in tree.body:
        if isinstance(function, ast.FunctionDef) and not function.name.startswith("_"):
            arguments = function.args.posonlyargs + function.args.args + function.args.kwonlyargs
            if function.returns is None or any(argument.annotation is None for argument in arguments):
                yield f"{path}: {function.name}() has no type hints for all that goes in and comes out."
            if function.name in exported(path.parts[1]) and not ast.get_docstring(function):
                yield f"{path}: {function.name}() has no docstring that tells its contract."


CHECKS = [import_findings, function_findings, status_findings, name_findings, contract_findings]


@pytest.mark.parametrize("check", CHECKS)
def test_modules_keep_to_the_architecture(check):
    found = []
    for file in sorted(PACKAGE.rglob("*.py")):
        path = file.relative_to(PACKAGE.parent)
        if len(path.parts) > 2 or path.stem != "__init__":
            found += check(path, ast.parse(file.read_text()))
    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize(
    ("path", "source", "sentence"),
    [
        ("briefings/quotes/verdicts.py", "from django.utils import text", "imports django.utils.text"),
        ("briefings/quotes/verdicts.py", "from briefings.models import Source", "imports briefings.models.Source"),
        ("briefings/models/sources.py", "from ..editorial import publish", "imports briefings.editorial.publish"),
        ("briefings/models/sources.py", "from briefings import views", "imports briefings.views"),
        ("briefings/editorial/workflow.py", "import briefings.admin.base", "imports briefings.admin.base"),
        ("briefings/permissions.py", "from .search import search", "imports briefings.search.search"),
        ("briefings/views/home.py", "def home():\n    from briefings.models import Source", "inside home()"),
        ("briefings/models/sources.py", "from django.db.models.signals import post_save", "no signals"),
        ("briefings/views/home.py", "Briefing.objects.filter(status='published')", "filters on status"),
        (
            "briefings/views/home.py",
            "Statement.objects.filter(evidence__snapshot__source__status=1)",
            "filters on evidence",
        ),
        ("briefings/views/utils.py", "", "utils says nothing"),
        ("briefings/quotes/verdicts.py", "def judge(quote) -> bool:\n    'Judges.'", "judge() has no type hints"),
        (
            "briefings/editorial/workflow.py",
            "def publish(*, by: User) -> None: ...",
            "publish() has no docstring",
        ),
    ],
)
def test_each_rule_is_noticed_when_broken(path, source, sentence):
    found = [finding for check in CHECKS for finding in check(Path(path), ast.parse(source))]
    assert any(path in finding and sentence in finding for finding in found), found


@pytest.mark.parametrize(
    ("path", "source"),
    [
        (
            "briefings/models/sources.py",
            "from .base import Record\nfrom ..quotes import verdicts\nfrom django.db import models",
        ),
        ("briefings/views/home.py", "from briefings.editorial import publish\nfrom briefings.views.lists import page"),
        ("briefings/editorial/workflow.py", "from briefings.permissions import may"),
        ("briefings/models/base.py", "queryset.filter(status='published')"),
    ],
)
def test_what_the_rules_allow_is_left_alone(path, source):
    assert not [finding for check in CHECKS for finding in check(Path(path), ast.parse(source))]

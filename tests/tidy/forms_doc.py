"""Write the tables of docs/spec/forms.md from the code, so that the wire's page cannot drift from the program.

Run as a program it rewrites what stands between the marks; with `--check` it writes nothing and a difference ends with
status 1. The prose around the marks is written by hand.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).parents[2]
if __name__ == "__main__":
    sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

from armslength.core.precedence import Precedence  # noqa: E402 - found only once the path is set
from armslength.line.forms import FORMS, MESSAGE_FIELDS  # noqa: E402 - as above
from armslength.line.relations import RULES  # noqa: E402 - as above
from armslength.line.vocabularies import VOCABULARIES  # noqa: E402 - as above

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from armslength.line.form_types import Form, FormField

DOCUMENT = ROOT / "docs" / "spec" / "forms.md"
MARKED = re.compile(r"(<!-- from the code: ([a-z-]+) -->\n).*?(<!-- end -->)", re.DOTALL)
PRECEDENCES = tuple(Precedence)


def document(text: str) -> str:
    """Return the page with every marked part made anew."""
    return MARKED.sub(lambda found: f"{found[1]}\n{PARTS[found[2]]()}\n\n{found[3]}", text)


def parts_named(text: str) -> list[str]:
    """Return the names of the marked parts of a page."""
    return [found[2] for found in MARKED.finditer(text)]


def common_fields() -> str:
    """Fields 20 to 38."""
    return _table(("no", "field", "kind", "values"), (_field_row(field) for field in MESSAGE_FIELDS))


def overview() -> str:
    """One line a form."""
    rows = (
        (f"`{form.code}` {form.version}", form.purpose, ", ".join(p.name for p in form.precedences))
        for form in FORMS.values()
    )
    return _table(("form", "when it is sent", "precedences, the usual one first"), rows)


def forms() -> str:
    """A section for each form."""
    return "\n\n".join(_form(form) for form in FORMS.values())


def vocabularies() -> str:
    """Every vocabulary with the numbers used on paper and by voice."""
    return "\n\n".join(
        f"**{name}**: " + ", ".join(f"{number} `{code}`" for code, number in table.codes.items())
        for name, table in VOCABULARIES.items()
    )


def relations() -> str:
    """Who may do what to which message."""
    rows = (
        (
            f"`{verb}`",
            "the author" if rule.by_author_only else "either side",
            "the same" if rule.same_form else "any",
            ", ".join(sorted(f"`{target}`" if target else "a new message" for target in rule.targets)),
            ", ".join(f"`{code}`" for code in sorted(rule.forms_excluded)) or "-",
            "yes" if rule.takes_back else "no",
        )
        for verb, rule in RULES.items()
    )
    return _table(("verb", "by", "form", "the earlier message may be", "not for", "takes back"), rows)


def _form(form: Form) -> str:
    table = _table(
        ("no", "field", "kind", "values", "required"),
        ((*_field_row(field), _yes(field.required)) for field in form.fields),
    )
    return f"""### {form.code}, version {form.version}

{form.purpose}

* Drafted by: {_listed(form.drafters)}. Released by: {_listed(form.releasers)}.
* Second person: {_second_person(form)}. Legal adviser: {_yes(form.legal_tick)}.
* Linguist, for free text: {_yes(form.linguist_check)}.
* Answers: {", ".join(f"`{verb}`" for verb in form.replies) or "none"}. Due: {_due(form)}.
* Counts as a use of the line: {_yes(form.counts_as_use)}.
* Without prejudice to legal positions: {_yes(form.without_prejudice)}.
* Required common fields: {_required(form)}.{_ahead(form)}{_says(form)}

{table}"""


def _ahead(form: Form) -> str:
    return "" if form.lead_s is None else f"\n* Ahead of field 28: at least {_duration(form.lead_s)}."


def _says(form: Form) -> str:
    return f"\n* Every rendering says: {', '.join(f'`{s}`' for s in form.sentences)}." if form.sentences else ""


def _field_row(field: FormField) -> tuple[str, str, str, str]:
    tables = " and ".join(name for name in (field.vocabulary, field.grades) if name)
    return (str(field.number), field.name, field.kind.value, tables or field.unit or "")


def _required(form: Form) -> str:
    names = {field.number: field.name for field in MESSAGE_FIELDS}
    required = {field.number for field in MESSAGE_FIELDS if field.required} | form.requires
    text = ", ".join(f"{number} {names[number]}" for number in sorted(required))
    one_of = " or ".join(f"{number} {names[number]}" for number in sorted(form.requires_one_of))
    return f"{text}; and {one_of}" if one_of else text


def _second_person(form: Form) -> str:
    return "none" if form.two_persons_from is None else f"from {form.two_persons_from.name}"


def _due(form: Form) -> str:
    if form.reply_due_s is None:
        return "none"
    return ", ".join(f"{level.name} {_duration(form.reply_due_s[level])}" for level in reversed(PRECEDENCES))


def _duration(seconds: int) -> str:
    return f"{seconds // 3600} h" if seconds % 3600 == 0 else f"{seconds // 60} min"


def _listed(roles: Iterable[str]) -> str:
    return ", ".join(sorted(roles))


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


PARTS: dict[str, Callable[[], str]] = {
    "common-fields": common_fields,
    "overview": overview,
    "forms": forms,
    "vocabularies": vocabularies,
    "relations": relations,
}


def main(arguments: list[str]) -> int:
    """Rewrite the page, or with `--check` say whether it differs."""
    text = DOCUMENT.read_text(encoding="utf-8")
    made = document(text)
    if "--check" not in arguments:
        DOCUMENT.write_text(made, encoding="utf-8")
        return 0
    if made != text:
        print("docs/spec/forms.md differs from the code: run tests/tidy/forms_doc.py")
    return int(made != text)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

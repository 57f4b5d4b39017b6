"""What a message asks item by item, in the reader's words, and which items its answer covers (B6).

Software lists; whether an answer is enough, people judge.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from armslength.core.errors import LocalError
from armslength.desk import answering, views
from armslength.language.shapes import text_id
from armslength.line import fields, forms
from armslength.line.questions import Answered, Item, answered, asked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.core.cbor import CborValue
    from armslength.desk.books import Books
    from armslength.language.texts import Texts

Json = Any

_REPLY: Final = "REPLY"
_LABEL_WIDTH: Final = 40


def asked_json(books: Books, body: Mapping[int, CborValue], texts: Texts) -> list[Json]:
    """Return what a message asks, or, for an answer, what was asked and which of it the answer covers.

    Args:
        books: the books, for the message that is answered.
        body: the message's body map.
        texts: of the reader's language.
    """
    if fields.ANSWERS not in body:
        return [_item(item, None, texts) for item in asked(body)]
    earlier = _answered_body(books, body.get(fields.ANSWERS))
    return [_item(one.item, one, texts) for one in answered(asked(earlier), body)]


def _answered_body(books: Books, target: CborValue) -> Mapping[int, CborValue]:
    row = views.row(books.unit, views.MESSAGES, target) if isinstance(target, bytes) else None
    if row is None or row[5] != "message":
        return {}
    try:
        return answering.message_body(books, row)
    except LocalError:
        # The content was destroyed by the retention rule: what it asked is not known any more.
        return {}


def _item(item: Item, one: Answered | None, texts: Texts) -> Json:
    known = forms.fields_of(forms.form(_REPLY))
    return {
        "code": item.code,
        "asked": texts.say(text_id(item.vocabulary, item.code)),
        "fields": [known[number].name for number in item.fields],
        "numbers": list(item.fields),
        "answered": None if one is None else one.covered,
    }


def reply_form(found: Json, texts: Texts) -> str:
    """Return a blank form of the answer for pen and telephone: each item asked, with the field that answers it.

    Args:
        found: what `read_message` gives of the message to be answered.
        texts: of the reader's language.
    """
    lines = [texts.say("form-reply"), f"{texts.say('field-answers')}: {found['id']}"]
    known = forms.fields_of(forms.form(_REPLY))
    lines.append(_blank(texts, 100, known[100].name))
    for at, item in enumerate(found["asked"], start=1):
        lines.append(f"{at}. {item['asked']}")
        lines += [f"   {_blank(texts, number, known[number].name)}" for number in item["numbers"] if number != 100]
    return "\n".join(lines) + "\n"


def _blank(texts: Texts, number: int, name: str) -> str:
    return f"{number} {texts.say(f'field-{name}')}: " + "_" * _LABEL_WIDTH

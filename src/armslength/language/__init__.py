"""The linguist's room: messages and receipts in every language of the charter, on screen, on paper and by voice.

Coded fields come out in the reader's language; free text stays in its author's, inside a frame. The room is pure: the
texts it needs are handed in, and what a form or vocabulary contains is described to it by shapes, never imported.
"""

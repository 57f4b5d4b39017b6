"""The duty officer's room: the rule by which uses of a channel are counted, and the list behind each number.

Everything here is pure. A number said in public rests on a rule, on a day as of which it holds, and on the list that it
counts; this room gives all three, or says what it does not know.
"""

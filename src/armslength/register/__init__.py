"""The watch officer's room: facilities, reports and their grading, matching a report to a facility, concerns.

Everything here is pure. Facts from different sources stay side by side with their sources and are never merged, and no
function of this room sends anything: software may flag a concern, a person decides what becomes of it.
"""

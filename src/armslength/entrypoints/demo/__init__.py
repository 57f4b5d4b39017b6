"""The demonstration: two nodes, one concern about the Zaporizhzhia plant, told as a person would.

EXERCISE realm, demonstration identities, constructed traffic. The facts of November 2022 are public and named with
their sources; what the two sides say to each other here was never said.
"""

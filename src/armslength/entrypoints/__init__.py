"""Where people and programs come in: the command line, the API, and the data of the demonstration.

Entry points read what was asked, hand it to the desk and show the answer; they decide nothing and name no adapter.
"""

"""The command line: one module a group of commands, imported only when its command is called.

`main` parses, calls and turns errors into a code, a sentence and a next step. `client` reaches the node, in this
process or through the running node's API; `signing` holds the rule that an officer signs what the officer saw.
"""

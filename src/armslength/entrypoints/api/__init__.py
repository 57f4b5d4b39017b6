"""The JSON API of a running node: what an officer's own programs call, on this machine unless configured otherwise.

`app.build_app` makes the application; `docs/api/openapi.json` is made from it, and `docs/api/roles.md` lists who may
call what.
"""

"""Everybody at work: roles, commands, handlers (load, step, commit), ports, unit of work, outbox, clockwork.

The desk joins the pure rooms. It waits and it asks its ports; it never names an adapter.
"""

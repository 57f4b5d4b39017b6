"""The console: what a browser asks of the node. Pages, sign-in, the API behind a session, and the live channel.

The browser's sources stand in `console/` at the top; the build puts what it makes of them into `assets/` here.
"""

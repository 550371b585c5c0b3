"""Doors: the command line, and later HTTP and web pages, over the same services.

The only package that knows the environment, the clock, users and the database; it passes what it reads there to the other
packages as plain arguments.
"""

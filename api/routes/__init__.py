"""The routes (*adresses*): one resource a file, thin; the work itself is in :mod:`api.services`.

A module with ``router``, made by :func:`api.contract.resource`, is found by itself. Every route takes a permission
(:func:`api.deps.allowed`), and a test refuses one that does not.
"""

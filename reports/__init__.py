"""Documents: how a pathway is shown to people, in words, charts and files.

A pathway becomes one plan document, and the document becomes a file in one format or another. Nothing is computed here:
this package reads values of ``pathways`` and ``referentials`` and never calls the solver.
"""

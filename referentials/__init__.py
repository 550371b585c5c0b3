"""Knowledge: what certifications require, which rights lead from one to another, what training bodies offer.

Editing is a chain of four steps, draft -> check -> diff -> publish, and every step takes and gives frozen values.
Nothing here imports another package of the project, reads a clock or opens a database: the folders and the dates are
arguments. The data itself, in French YAML, is under ``referentials/data``.
"""

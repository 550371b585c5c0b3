"""The exact choice: which actions make every goal true, at the least cost, with a proof (optimal delete relaxation).

Domain-free: see :mod:`pathways.optimise.problem` for the question and the answer, and
:func:`pathways.optimise.dispatch.solve` for the way from one to the other.
"""

"""Bulk work (*grand nombre*): the same task on very many chunks, on one machine or on many, with the same bytes out.

::

    work = a task, its setting, its chunks  →  a workforce does the chunks, in whatever order  →  a result for each
                                               what a ledger keeps is not done again
"""

"""Writing a referential (*rédaction*): acts on the plain values of a draft, what each one changed, and how two people's changes meet.

::

    values ──act──> values          entries(values) : path -> value          delta = the entries that differ
    merged(base, mine, theirs)      three ways, entry by entry; what both changed otherwise is a clash that a person settles
"""

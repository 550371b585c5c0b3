"""One malformed file (or small library) per mistake, and beside it, in ``<name>.attendu``, the only finding it must cause.

Each is read on top of the small faultless library ``socle``. The five lines of ``.attendu``: rule, file and line, path,
message, remedy.
"""

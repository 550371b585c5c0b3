"""Migrations (*évolutions du schéma*): each step of the tables, forwards and backwards, on both databases.

To add a step: a file ``versions/NNNN_word.py`` whose ``down_revision`` is the last one, and the change in ``api/store/tables``. A step
that was released is never edited. In SQLite a column is changed with ``op.batch_alter_table``.
"""

"""Deciding for a group (*décider pour un groupe*): what one person's best plan does not settle, because several share it.

A budget that does not pay for everybody; sessions that are opened for several people at once.
"""

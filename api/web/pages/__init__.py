"""The pages themselves, one family a file; each file has a ``router``, and is found by its name."""

"""The engine: from what a person holds to a checked plan (parcours) towards a target qualification.

Computing is a chain, profile -> positioning -> gap -> candidates -> optimise -> schedule -> pathway. Each arrow is one
function between frozen values; dates and seeds are arguments and ties are broken by identifier, so that the same question
always gets the same answer.
"""

"""Use cases: what every door asks for, in the words of the trade, without knowing which door it is."""

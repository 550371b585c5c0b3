"""Charts (*dessins*): plain values → a figure with its SVG, its text alternative and its table.

Each chart is one module and one pure function. The SVG is the same in a page and in a PDF: presentation attributes only, no
style sheet, no script, no font of its own, identifiers that start with the name of the figure, and a light panel behind, so
that it reads in a dark page too. Nothing is told by colour alone: each state has its pattern, its sign and its word.
"""

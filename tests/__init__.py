"""The tests mirror the packages, file for file; ``broken`` holds one wrong file per mistake."""

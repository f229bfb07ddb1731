"""Syntax trees to a resolved design: names, words, values, types, by the model classes and without a word of their own.

`plan` reads the classes, `symbols` collects names, `names` resolves them, `values` and `types` read what stands behind
words, `elements` makes the elements of one file, and `workspace` puts the files together.
"""

"""Puts a parse right where parsers of news get it wrong again and again, each rule for one construction.

`phrases` works on the words of a paragraph before mentions are looked for, `clauses` on the tree that frames are made
of. A parse that has these right is left alone.
"""

"""Last year's report read back: a foreign file becomes tables of text, these are recognised, and a draft takes them.

foreign.py starts a child process (child.py) whose readers (word.py, excel.py, csv_text.py, pasted.py) give a Source of
grids.py; headings.py says which column is which field, recognising.py which rows belong together; storing.py writes.
Readers and grids know no Django: they run in the child, which must start fast and holds nothing worth stealing.
"""

"""The Word engine: template in, text in, bytes out.

`compile_template` judges a .docx and cuts it into ready XML and nodes; `CompiledTemplate.fill` writes the document.
Nothing here knows of reports or approvals: documents.py gives the values their names.
"""

from memos.docx.compile import CompiledTemplate, compile_template
from memos.docx.nodes import Blank, GroupValues, Value
from memos.docx.pictures import Picture, read_picture
from memos.docx.problems import DocumentProblem, TemplateProblem
from memos.docx.tables import Row, TableValues
from memos.docx.text import printed_lines

__all__ = [
    "Blank",
    "CompiledTemplate",
    "DocumentProblem",
    "GroupValues",
    "Picture",
    "Row",
    "TableValues",
    "TemplateProblem",
    "Value",
    "compile_template",
    "printed_lines",
    "read_picture",
]

"""A report as a file: one module per format, one line each in `FORMATS`.

`report(ReportInputs) -> Report` is what they all show. Must not know storage, chats, or who may have a file.
"""

from bot.export.enclosed import Enclosed
from bot.export.formats import FORMATS, Format, file_name
from bot.export.panel import people
from bot.export.parts import Report, ReportInputs
from bot.export.report import report
from bot.export.result import result_json

__all__ = ["FORMATS", "Enclosed", "Format", "Report", "ReportInputs", "file_name", "people", "report", "result_json"]

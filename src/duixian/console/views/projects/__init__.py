"""项目: the ledger, one project, and sheets taken in."""

from duixian.console.views.projects.importing import download_form, import_sheet, sheet
from duixian.console.views.projects.ledger import export, ledger
from duixian.console.views.projects.measures import measures
from duixian.console.views.projects.project import change, create, project

__all__ = [
    "change",
    "create",
    "download_form",
    "export",
    "import_sheet",
    "ledger",
    "measures",
    "project",
    "sheet",
]

"""Where each thing of a worklist is done: one click away."""

from countries.model import Country
from dashboards.server.view import View
from transforms.identity.person import Person
from transforms.intake.entry_sheet import DATASETS
from transforms.reminders.worklist import Task


def task_address(task: Task, reader: Person, country: Country, view: View) -> str:
    """The address of the page, at the place on it where the act is."""
    own = reader.area_code
    match task.kind, task.about:
        case "to_report", _:
            flash = country.calendar.flash_reports
            if task.dataset == "flash_reports" and flash and flash.layer == reader.area_level:
                return view.href(f"/flash/{own}/{task.period}", period=None)
            if task.dataset in DATASETS:  # where it is too long for a page, that page leads to the template
                return view.href("/entry", period=task.period, dataset=task.dataset, area=own)
            return view.href("/submissions", period=task.period, dataset=task.dataset)
        case "to_mend", _:
            return view.href("/submissions", receipt=task.subject, period=None)
        case "late_below", _:
            return view.href(f"/calendar/{own}", period=task.period)
        case "to_acknowledge", about:
            anchor = "grants" if about == "grant" else f"notice-{task.subject}"
            return view.href(f"/notices/{own}", period=None) + f"#{anchor}"
        case "to_answer" | "answered", "remark":
            return view.review_href(own, task.dataset or "", task.period) + "#remarks"
        case "to_answer" | "answered", _:
            return view.href(f"/items/{own}", period=None) + f"#item-{task.subject}"
    code = task.area_code or own
    return view.review_href(code, task.dataset or "", task.period) + (
        "" if task.kind == "sent_back" else "#signatures"
    )


def group_address(task: Task, view: View) -> str:
    """The page with everything of the kind of this task."""
    page = {
        "to_report": "/calendar",
        "late_below": "/calendar",
        "to_mend": "/submissions",
        "to_acknowledge": "/notices",
        "to_answer": "/items",
        "answered": "/items",
    }.get(task.kind, "/reviews")
    return view.href(page, period=None)

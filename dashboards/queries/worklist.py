"""What waits for the account of this request: asked once, for the badge on every page and for the home page."""

from flask import g

from dashboards.server.current_user import account, acting
from transforms.reminders.worklist import Task, worklist


def tasks() -> list[Task]:
    """Nothing for a visitor, and nothing before a password that must be changed is changed."""
    reader = account()
    if reader is None or reader.unfinished:
        return []
    if "tasks" not in g:
        with acting() as connection:
            g.tasks = worklist(connection)
    waiting: list[Task] = g.tasks
    return waiting

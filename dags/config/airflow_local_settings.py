"""What Airflow imports first in each of its processes (this folder is on PYTHONPATH for that)."""

import sys

# What tasks call takes seconds to import, Great Expectations most of all. Where tasks are forked it is imported
# once, in the parent, and what is declared is read there; in the other processes it would only cost start-up.
if {"scheduler", "celery"} & set(sys.argv):
    import transforms.coverage.publishing
    import transforms.intake.receive  # noqa: F401
    from countries.country import current
    from transforms.intake.read.isolated import start
    from validators.messages import rules, words
    from validators.rules.suite import warm

    start()
    warm()
    for read in (current, rules, words):
        read()

"""What Airflow imports first in each of its processes (this folder is on PYTHONPATH for that)."""

import sys

# Great Expectations takes seconds to import. Where tasks are forked it is imported once, in the parent; in
# the other processes it would only cost start-up and memory.
if {"scheduler", "celery"} & set(sys.argv):
    import great_expectations  # noqa: F401

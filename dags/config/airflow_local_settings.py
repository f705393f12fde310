"""What Airflow imports first in each of its processes (this folder is on PYTHONPATH for that)."""

import sys

# What tasks call takes seconds to import, Great Expectations most of all. Where tasks are forked it is imported
# once, in the parent; in the other processes it would only cost start-up and memory.
if {"scheduler", "celery"} & set(sys.argv):
    import great_expectations  # noqa: F401

    import transforms.coverage.publishing
    import transforms.intake.receiving  # noqa: F401

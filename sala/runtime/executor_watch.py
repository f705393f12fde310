"""A killed worker of Airflow's LocalExecutor is noticed.

Its workers take turns at one lock to read the queue, and a worker that is killed takes the lock with it: the others
wait for ever, nothing runs any more, and the scheduler calls itself healthy.
"""

import psutil

from sala.runtime.processes import Child
from sala.runtime.steps import Screen

WORKER = "airflow worker -- LocalExecutor"  # as the executor titles them, idle and busy


class ExecutorWatch:
    """Ends a scheduler one of whose workers is gone, with all its workers, so that it is started again."""

    def __init__(self, scheduler: Child, screen: Screen) -> None:
        self.scheduler, self.screen = scheduler, screen
        self.of_scheduler, self.workers = 0, set[int]()

    def check(self) -> None:
        """To be called often."""
        pid = self.scheduler.process.pid
        if self.scheduler.process.poll() is not None:
            return
        try:
            workers = {child.pid for child in psutil.Process(pid).children() if _is_worker(child)}
        except psutil.NoSuchProcess:
            return
        if pid == self.of_scheduler and not self.workers <= workers:
            self.screen.say(
                "A worker of Airflow ended, and may hold up the others: the scheduler is started again"
            )
            self.scheduler.process.kill()
            self.scheduler.process.wait()
        self.of_scheduler, self.workers = pid, workers


def _is_worker(process: psutil.Process) -> bool:
    try:
        return " ".join(process.cmdline()).startswith(WORKER)
    except psutil.Error:
        return False

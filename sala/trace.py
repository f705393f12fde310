"""Where a fault came about, for a log: frames and kinds without messages, which may repeat what names a person."""

from __future__ import annotations

import logging
import traceback


def trace(fault: BaseException) -> str:
    """The frames in which a fault came about and its kind, after those of the faults that led to it."""
    led_to = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)
    before = f"{trace(led_to)}\nled to\n" if led_to else ""
    return before + "".join(traceback.format_tb(fault.__traceback__)) + type(fault).__qualname__


def discreet(logger: logging.Logger) -> logging.Logger:
    """The logger, which from now on writes of an exception what `trace` says, and nothing else."""
    logger.addFilter(_without_messages)
    return logger


def _without_messages(record: logging.LogRecord) -> bool:
    if record.exc_info and (fault := record.exc_info[1]):
        record.msg, record.args, record.exc_info = f"{record.getMessage()}\n{trace(fault)}", (), None
    return True

"""Where persons live whom lists of two areas name."""

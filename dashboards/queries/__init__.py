"""What the pages read from the warehouse: `mart` and nothing else, a handful of queries a page."""

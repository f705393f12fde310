"""A country folder read as it stands, faulty or not."""

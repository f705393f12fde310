"""What each indicator means, written from its file."""

"""Indicators become publications."""

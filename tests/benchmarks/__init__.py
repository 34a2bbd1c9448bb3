"""Figures, not pass or fail: ``make bench`` prints one table for SQLite and PostgreSQL; see __main__.py."""

"""Telegram on this machine: one in-memory fake with two doors, for tests and for people."""

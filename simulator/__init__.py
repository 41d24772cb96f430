"""Telegram on this machine: one in-memory fake with a door for tests and a door for people.

It knows Telegram and nothing of the product. docs/simulator.md says where it is as strict as the
real one and where it is not.
"""

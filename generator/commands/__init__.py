"""The commands: each puts the rooms together in its own way, prints what happened, and returns the exit status.

A module is loaded only for its own commands, so that a check does not wait for what draws and builds.
"""

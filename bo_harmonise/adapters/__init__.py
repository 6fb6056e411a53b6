"""Adapters: one folder a register, found by its place.

A folder holds `adapter.toml` (what the register and its files are), `entity.sql`, `person.sql`,
`relationship.sql` (one `SELECT` each onto the common schema), code tables (`*.csv`) and, where the delivery
says what it should hold, `checks.sql`. `docs/adapters.md` says how to write one.
"""

"""Bring names, legal forms, dates, identifiers, countries and addresses to forms that can be compared.

Values are worked on in small pure functions; `features` applies them to the distinct values of a table.
"""

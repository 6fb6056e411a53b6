"""Harmonise beneficial-ownership registers, resolve their parties, and reveal common owners."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("bo-harmonise")
except PackageNotFoundError:  # running from a source tree that is not installed
    __version__ = "0+unknown"

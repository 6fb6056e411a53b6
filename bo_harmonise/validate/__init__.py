"""Validate statements against BODS 0.4: the schema and the rules that bind statements to each other."""

from bo_harmonise.validate.file import validate_file
from bo_harmonise.validate.finding import Finding

__all__ = ["Finding", "validate_file"]

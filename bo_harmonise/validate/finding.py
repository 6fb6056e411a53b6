"""What a validator finds."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Finding:
    """One breach of the standard.

    `row` is the line of JSON Lines or the position in the array, from 1; 0 for the file as a whole.
    `rule` is the keyword of the JSON Schema for `part` = schema, else a name in kebab-case.
    `pointer` is the JSON Pointer (RFC 6901) from the statement. `level` is `error` where the standard says
    MUST, `warning` where it says SHOULD or where a value is merely implausible.
    """

    row: int
    part: str
    rule: str
    pointer: str
    message: str
    statement_id: str | None = None
    level: str = "error"

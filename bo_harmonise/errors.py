"""All exceptions of bo_harmonise, one tree.

    BoHarmoniseError              exit code 1
    ├── UsageError                exit code 2   the call does not make sense
    ├── WorkspaceError            exit code 1   the workspace is missing, locked or damaged
    │   └── WorkspaceLockedError  exit code 1   another process writes to it
    ├── MissingExtraError         exit code 1   an optional part is not installed
    ├── EngineError               exit code 1   Spark cannot be used, or a task of it failed
    ├── InputError                exit code 3   a file cannot be read
    │   └── UnknownFileError      exit code 3   no adapter knows the file
    ├── AdapterError              exit code 4   an adapter is wrong or does not fit its file
    ├── MappingError              exit code 4   records were rejected under --strict
    ├── ValidationError           exit code 5   statements break the standard
    └── ResolutionError           exit code 6   records cannot be resolved
        └── JudgementError        exit code 6   judgements contradict each other

Every message says what is wrong and where; `hint` says what to do next. The command line prints both
and exits with `exit_code`.
"""


class BoHarmoniseError(Exception):
    """Base of all errors that a user can act on."""

    exit_code = 1

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(BoHarmoniseError):
    """The call does not make sense."""

    exit_code = 2


class WorkspaceError(BoHarmoniseError):
    """The workspace is missing, locked or damaged."""


class WorkspaceLockedError(WorkspaceError):
    """Another process writes to the workspace."""


class MissingExtraError(BoHarmoniseError):
    """An optional part is not installed."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(
            f"{what} needs an optional part that is not installed.",
            hint=f"pip install 'bo-harmonise[{extra}]'",
        )


class EngineError(BoHarmoniseError):
    """Spark cannot be used, or a task of it failed."""


class InputError(BoHarmoniseError):
    """A file cannot be read."""

    exit_code = 3


class UnknownFileError(InputError):
    """No adapter knows the file."""


class AdapterError(BoHarmoniseError):
    """An adapter is wrong, or does not fit its file."""

    exit_code = 4


class MappingError(BoHarmoniseError):
    """Records were rejected under --strict."""

    exit_code = 4


class ValidationError(BoHarmoniseError):
    """Statements break the standard."""

    exit_code = 5


class ResolutionError(BoHarmoniseError):
    """Records cannot be resolved."""

    exit_code = 6


class JudgementError(ResolutionError):
    """Judgements contradict each other."""

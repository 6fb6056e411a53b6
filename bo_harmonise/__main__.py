"""Run the command line with `python -m bo_harmonise`."""

from bo_harmonise.cli import main

if __name__ == "__main__":
    main()

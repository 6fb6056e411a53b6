"""Write the sample registries: `python -m bo_harmonise.world.samples OUT`."""

import sys
from pathlib import Path

from bo_harmonise.world.samples.write import write_samples

if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m bo_harmonise.world.samples OUT")
    write_samples(Path(sys.argv[1]))

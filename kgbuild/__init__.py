"""kgbuild reads news articles and builds a knowledge graph in which every fact points at its characters."""

import os

# One process reads on one core, and `--jobs` starts more of them: threads of NumPy's BLAS would only spin beside it.
# Heeded if NumPy has not been imported before, and not set against the user's own choice.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

__version__ = "0.1.0"

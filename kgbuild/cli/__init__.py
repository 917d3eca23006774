"""The command line: each command in a file of its own, thin over a plain function of the library.

What a program wants goes to standard output, what a person should know goes to standard error. Everything
heavy is imported inside the commands, so that `kgbuild --help` answers at once.
"""

import sys


def main() -> None:
    """Run the command that the arguments name, and leave with its exit status."""
    from kgbuild.cli.app import run

    sys.exit(run(sys.argv[1:]))

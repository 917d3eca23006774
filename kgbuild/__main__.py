"""Run the command line with `python -m kgbuild`."""

from kgbuild.cli import main

if __name__ == "__main__":
    main()

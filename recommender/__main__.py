"""``python -m recommender``: the command line, for schedulers that know only the interpreter."""

from recommender.cli import main

if __name__ == "__main__":
    main()

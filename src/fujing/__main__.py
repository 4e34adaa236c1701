"""`python -m fujing` is the same as `fujing`."""

from fujing.cli import main

if __name__ == "__main__":
    main()

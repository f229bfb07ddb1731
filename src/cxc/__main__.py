"""`python -m cxc`, the same as `cxc`."""

from cxc.cli import main

if __name__ == "__main__":
    main()

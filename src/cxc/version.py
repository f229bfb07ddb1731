"""The version of cxc, and nothing else: the build and `cxc --version` read it without importing the compiler."""

VERSION = "0.1.0"

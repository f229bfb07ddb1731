"""Placeholder."""

from cxc.targets import Emitted, Target

TARGET = Target("openapi", "", lambda b, o, t: Emitted(()))

"""Placeholder."""

from cxc.targets import Emitted, Target

TARGET = Target("model", "", lambda b, o, t: Emitted(()))

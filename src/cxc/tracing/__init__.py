"""Traces for people and programs: which element a name means, and a trace as text, JSON or Mermaid diagram.

What depends on what, and how far, is computed in `cxc.flow`.
"""

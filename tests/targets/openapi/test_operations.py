import pytest

from .documents import operation

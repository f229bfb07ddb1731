"""The matrices of a design as typed values, from which files of any format are made: one module a family.

| module | matrices |
| --- | --- |
| `means` | capability × means; × people, × process, × information, × system |
| `maturity` | capability × maturity |
| `phases` | capability × journey phase |
| `services` | service × channel, operation × channel |
| `steps` | journey step × channel |
| `teams` | team × journey, with the seams between teams |
| `entities` | entity × service |
| `tiers` | tier × channel × journey |
| `metrics` | metric × journey |
| `promises` | journey × analyses, with what the journey promises |
"""

from __future__ import annotations

from cxc.model.blueprint import Blueprint
from cxc.targets.matrices.matrix import Matrix
from cxc.targets.matrices.view.entities import entity_matrix
from cxc.targets.matrices.view.maturity import maturity_matrix
from cxc.targets.matrices.view.means import means_matrices
from cxc.targets.matrices.view.metrics import metric_matrix
from cxc.targets.matrices.view.phases import phase_matrix
from cxc.targets.matrices.view.promises import promise_matrix
from cxc.targets.matrices.view.services import service_matrices
from cxc.targets.matrices.view.steps import step_matrix
from cxc.targets.matrices.view.teams import team_matrix
from cxc.targets.matrices.view.tiers import tier_matrix


def matrices_of(blueprint: Blueprint) -> tuple[Matrix, ...]:
    """Return all matrices of a design: always the same ones, those of an empty design without rows or columns."""
    return (
        *means_matrices(blueprint),
        maturity_matrix(blueprint),
        phase_matrix(blueprint),
        *service_matrices(blueprint),
        step_matrix(blueprint),
        team_matrix(blueprint),
        entity_matrix(blueprint),
        tier_matrix(blueprint),
        metric_matrix(blueprint),
        promise_matrix(blueprint),
    )

"""What customers are asked for in a step where no experience says it: whatever is needed and not known for certain.

What is known where is said in `cxc.flow.known`; who is asked for more than that, in `cxc.flow.repeats`.
"""

from __future__ import annotations

from collections.abc import Iterator

from cxc.flow.known import Knowledge, is_required, meanings_of
from cxc.flow.promises import called
from cxc.flow.repeats import distinct_need, is_new_value
from cxc.flow.states import State
from cxc.model.data import Parameter
from cxc.model.service import Operation


def is_known(parameter: Parameter, state: State, knowledge: Knowledge) -> bool:
    """Whether the value of a parameter is known for certain on arriving in a state; a new value never is."""
    return _is_met(parameter, _sure_facts(state, knowledge), knowledge)


def questions(state: State, knowledge: Knowledge) -> Iterator[Parameter]:
    """Yield the parameters that customers must be asked for, in the order of the calls.

    What a called operation was given, and what it returned, is known to those that are called after it.
    """
    known = _sure_facts(state, knowledge)
    operations = called(knowledge.states.graph.steps[state.step], knowledge.blueprint)
    for number, operation in enumerate(operations):
        if number:
            known |= _known_after(operations[number - 1], knowledge)
        yield from (parameter for parameter in _required(operation) if not _is_met(parameter, known, knowledge))


def _required(operation: Operation) -> list[Parameter]:
    return [parameter for parameter in operation.parameters if is_required(parameter)]


def _known_after(operation: Operation, knowledge: Knowledge) -> set[str]:
    """Return what is known for certain once an operation was called, by itself."""
    meanings = meanings_of(knowledge.blueprint)
    told = [meanings.supplied(parameter) for parameter in _required(operation)]
    return {fact for facts in (*told, meanings.result(operation.result)) for fact, is_sure in facts.items() if is_sure}


def _sure_facts(state: State, knowledge: Knowledge) -> set[str]:
    """Return what is known for certain; where nobody arrives, that is what the channel knows by itself."""
    arrival = knowledge.arrival.get(state)
    return set(knowledge.facts(knowledge.identity(state.channel) if arrival is None else arrival))


def _is_met(parameter: Parameter, known: set[str], knowledge: Knowledge) -> bool:
    need = distinct_need(parameter, knowledge)
    return not known.isdisjoint((need.fact, *need.same)) and not is_new_value(parameter, knowledge.blueprint)

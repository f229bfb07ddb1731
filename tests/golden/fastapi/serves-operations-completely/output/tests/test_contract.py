"""Any request that the contract describes gets an answer that it describes."""

from typing import Any

import pytest
import schemathesis
from hypothesis import settings
from hypothesis import strategies as st
from pedal.app import CONTRACT, create_app
from pedal.identity import Customer, Identity
from schemathesis import Case
from schemathesis.config import SchemathesisConfig

from services import services

TOKEN = "of-the-tests"
CONFIG = SchemathesisConfig.from_dict(
    {"auth": {"openapi": {"customer": {"bearer": TOKEN}}}}
)

durations = st.integers(0, 10**6).map("PT{}S".format)
schemathesis.openapi.format("duration", durations)


async def authenticate(token: str, /) -> Customer | None:
    """Return the customer of the tests, who alone has a token."""
    return Customer("of-the-tests", Identity.VERIFIED) if token == TOKEN else None


app = create_app(services(), authenticate=authenticate, allow_unimplemented=True)
contract = schemathesis.openapi.from_asgi(CONTRACT, app, config=CONFIG)


@contract.parametrize()
@settings(max_examples=25, deadline=None)
def test_answers_as_the_contract_says(case: "Case[Any]") -> None:
    response = case.call()
    if response.status_code == 501:
        pytest.skip("the operation is not written yet")
    case.validate_response(response)

import pytest

from cxc.config import load_config, target_options
from cxc.targets.openapi import TARGET


@pytest.mark.parametrize(
    "table",
    [
        'servers = ["https://api.shop.example", "https://shop.example:8443/v1", "/", "/v2"]',
        'license = { name = "MIT", identifier = "MIT" }',
        'license = { name = "Ours", url = "https://shop.example/licence" }',
        'contact = { name = "Desk", email = "desk@shop.example", url = "https://shop.example" }',
        'problems = "urn:shop:problems:"',
        'openid_connect = "https://id.shop.example/.well-known/openid-configuration"',
        "",
    ],
)
def test_settings_that_hold(table: str) -> None:
    config, problems = load_config(f"[targets.openapi]\n{table}\n")
    assert config is not None, problems
    assert target_options(config, TARGET)[1] == ()


@pytest.mark.parametrize(
    ("table", "part"),
    [
        ("servers = []", "servers"),
        ('servers = ["api.shop.example"]', "api.shop.example"),
        ('servers = ["https://{host}/"]', "{host}"),
        ('servers = ["javascript:alert(1)"]', "javascript"),
        ('license = { name = "MIT" }', "identifier"),
        ('license = { name = "MIT", identifier = "MIT", url = "https://a.example" }', "identifier"),
        ('license = { name = "MIT", url = "not an address" }', "not an address"),
        ('contact = { email = "desk" }', "desk"),
        ('problems = "problems"', "problems"),
        ('openid_connect = "id"', "id"),
        ("server = 1", "server"),
    ],
)
def test_settings_that_do_not_hold_are_reported(table: str, part: str) -> None:
    config, problems = load_config(f"[targets.openapi]\n{table}\n")
    assert config is not None, problems
    options, found = target_options(config, TARGET)
    assert options is None
    assert [problem.code for problem in found] == ["CXC901"]
    assert part in f"{found[0].message} {found[0].help}"
    assert found[0].span.line == 2

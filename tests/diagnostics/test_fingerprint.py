import pytest

from cxc.diagnostics.fingerprint import Identities, LineHashes
from cxc.source import SourceFile

GREETINGS = [
    "e9496ae3ebfced30:1",
    "fb7c023a8b9ccb3f:1",
    "ce8ba1a563dcdaca:1",
    "e20e36e16fcb0cc8:1",
    "b3edc88f2938467e:1",
    "c8e28b0b4002a3a0:1",
    "c129715d7a2bc9a3:1",
]


# The values are those that GitHub's own implementation is tested with (github/codeql-action, fingerprints.test.ts).
@pytest.mark.parametrize(
    ("text", "hashes"),
    [
        pytest.param("", ["c129715d7a2bc9a3:1"], id="empty"),
        pytest.param(
            " a\nb\n  \t\tc\n d",
            ["271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1"],
            id="no last newline",
        ),
        pytest.param(" hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End\n", GREETINGS, id="LF"),
        pytest.param(" hello; \t\nworld!!!\r\r\r  \t\tGreetings\r End\r", GREETINGS, id="CR"),
        pytest.param(" hello; \t\r\nworld!!!\r\n\r\n\r\n  \t\tGreetings\r\n End\r\n", GREETINGS, id="CRLF"),
        pytest.param(" hello; \t\nworld!!!\r\n\n\r  \t\tGreetings\r End\r\n", GREETINGS, id="mixed"),
        pytest.param(
            "Lorem ipsum dolor sit amet.\n" * 10,
            [
                *(f"a7f2ff13bc495cf2:{number}" for number in range(1, 7)),
                *("a7f2ff1481e87703:1", "a9cf91f7bbf1862b:1", "55ec222b86bcae53:1", "cc97dc7b1d7d8f7b:1"),
                "c129715d7a2bc9a3:1",
            ],
            id="equal lines",
        ),
    ],
)
def test_lines_are_hashed_as_github_does(text: str, hashes: list[str]) -> None:
    lines = LineHashes(SourceFile("a", text))
    assert [lines.of_line(number) for number in range(1, len(hashes) + 1)] == hashes


def test_a_hash_stays_when_the_line_moves() -> None:
    text = "entity Order {}\n" + "\n".join(f"// {number}" for number in range(60))
    moved = "// new\n\n" + text
    assert LineHashes(SourceFile("a", moved)).of_line(3) == LineHashes(SourceFile("a", text)).of_line(1)


def test_a_character_beyond_the_basic_plane_counts_as_its_two_units() -> None:
    # Only the first hundred units count: with the tablet as two of them, the last letter is one too many.
    lines = [LineHashes(SourceFile("a", "💊" + "a" * 98 + end)).of_line(1) for end in "xy"]
    assert lines[0] == lines[1]
    assert LineHashes(SourceFile("a", "💊" + "a" * 97 + "x")).of_line(1) != LineHashes(
        SourceFile("a", "💊" + "a" * 97 + "y")
    ).of_line(1)


def test_an_identity_tells_findings_apart_and_knows_them_again() -> None:
    identities, later = Identities(), Identities()
    found = [
        identities.next("CXC201", "a", "via MobleApp"),
        identities.next("CXC201", "a", "  via  MobleApp"),
        identities.next("CXC202", "a", "via MobleApp"),
        identities.next("CXC201", "b", "via MobleApp"),
        identities.next("CXC201", "a", "via Moble"),
    ]
    assert len(set(found)) == 5
    assert found[1].split(":")[0] == found[0].split(":")[0]
    assert later.next("CXC201", "a", "via MobleApp") == found[0]

"""The client at work: in Node.js, against a server that answers what a test wants."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from designs import design
from typescript_clients import compiled

DESIGN = """
package shop

team Owner
error TooMany "Too many" { status 409; most: int }
error Closed { status 503 }
enum State { open; sent }
type Line { article: string(1..20); amount: int = 1 }
entity Order { id: string @key @readonly; state: State = open; lines: [Line] }

service Orders {
  owner Owner
  command place(customer: string, lines: [Line], note: text?) -> Order { fails TooMany; idempotent }
  query count(customer: string, states: [State]?, around: Line?, big: bool?) -> int {
    http GET "/customers/{customer}/orders"
  }
  command constructor(constructor: string, __proto__: string?) -> string { http POST "/constructor" }
  query one(order: Order.id) -> Order? { http GET "/orders/{order}" }
  command replace(order: Order.id) -> string { http PUT "/orders/{order}" }
  command send(order: Order.id) -> Order
  command forget(order: Order.id) { http DELETE "/orders/{order}" }
  query greet() -> string { identity anonymous; fails Closed; latency 200ms }
  query list(customer: string) -> [string] { paged; fails TooMany }
  query own(cursor: string?) -> [int]? { paged }
}
"""


USES = """\
import { ApiProblemError, Closed, InvalidRequest, State, TooMany, createClient, unwrap } from "./index.ts";
import type { ApiPages, DecimalString, Order, OtherProblem } from "./index.ts";
import type { PlaceParameters, PlaceProblem } from "./services/orders.ts";

export async function uses(): Promise<string> {
  const client = createClient({ baseUrl: "https://a.example", token: () => undefined, timeout: undefined });
  const parameters: PlaceParameters = { customer: "c", lines: [{ article: "a" }], note: undefined };
  const result = await client.orders.place(parameters, { signal: AbortSignal.timeout(9) });
  if (result.ok) {
    const order: Order = result.value;
    const state: "open" | "sent" = order.state;
    // @ts-expect-error: fields are read-only
    order.id = "x";
    // @ts-expect-error: what an index leads to may not be there
    const amount: number = order.lines[0].amount;
    return `${state} ${String(State.length)} ${String(amount)}`;
  }
  // @ts-expect-error: a failure has no value
  result.value;
  const problem: PlaceProblem = result.problem;
  switch (problem.type) {
    case TooMany.type:
      return String(problem.most + 1);
    case InvalidRequest.type:
      return problem.errors?.[0]?.pointer ?? "";
    default: {
      const other: OtherProblem = problem;
      return typeof other.reported["most"];
    }
  }
}

export async function misuses(): Promise<void> {
  const client = createClient({ baseUrl: "https://a.example" });
  // @ts-expect-error: a parameter is missing
  await client.orders.place({ customer: "c" });
  // @ts-expect-error: the service sets it
  await client.orders.place({ customer: "c", lines: [{ article: "a", id: "x" }] });
  // @ts-expect-error: no such choice
  await client.orders.count({ customer: "c", states: ["lost"] });
  const greeting: string = unwrap(await client.orders.greet());
  const done: undefined = unwrap(await client.orders.forget({ order: greeting }));
  const order: Order | undefined = unwrap(await client.orders.one({ order: String(done) }));
  const list: ApiPages<string, PlaceProblem> = client.orders.list({ customer: order?.id ?? "" });
  const price: DecimalString = "1.00";
  for await (const item of list) {
    // @ts-expect-error: an item is a text
    item.id;
  }
  const greeted = await client.orders.greet();
  if (!greeted.ok && greeted.problem.type === Closed.type) {
    const status: 503 = greeted.problem.status;
    throw new ApiProblemError({ ...greeted.problem, detail: price, status });
  }
}
"""
"""What a program does with the client; what is wrong in it must be told by the compiler."""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory, node_tools: Path) -> Path:
    """The folder of the compiled client; compiling it told every mistake of the program beside it, and no other."""
    folder = tmp_path_factory.mktemp("client")
    (folder / "shop" / "src").mkdir(parents=True)
    (folder / "shop" / "src" / "uses.ts").write_text(USES, encoding="utf-8")
    assert compiled({"shop": design(DESIGN)}, folder, node_tools) == ""
    return folder / "dist" / "shop" / "src"


def test_programs_are_checked_by_the_types(client: Path) -> None:
    assert (client / "uses.js").is_file()


def test_a_client_does_what_the_design_says(client: Path) -> None:
    ran = subprocess.run(
        ["node", "--test", "--test-reporter=tap", Path(__file__).with_name("client.test.mjs")],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "CLIENT": str(client)},
        timeout=120,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "\n# pass 0\n" not in ran.stdout

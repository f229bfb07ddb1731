"""Writes the workloads that the benchmarks measure: N services as blueprints, and the same API model as TypeSpec.

It only writes text, the same text for the same N; starting compilers and measuring them is left to `run.py`.

Both sides of `api` say the same thing: ten operations, one entity of eight fields and one enum a service, one file
a service, with the same parameters, bodies, results, errors, constraints, examples and documentation. A query is a
GET whose parameters stand in the query string, a command is a POST with a body, and errors are problem details.
`full` adds one capability and one journey of ten steps to each service, presented on four channels; no rule finds
anything in it.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Literal

Kind = Literal["api", "full"]
KINDS: tuple[Kind, ...] = ("api", "full")

_NOUNS = (
    "Account", "Address", "Allowance", "Appeal", "Appointment", "Asset", "Balance", "Benefit", "Booking", "Budget",
    "Bundle", "Campaign", "Claim", "Consent", "Contract", "Coupon", "Delivery", "Deposit", "Device", "Dispute",
    "Document", "Estimate", "Exchange", "Fare", "Folder", "Grant", "Inspection", "Invoice", "Itinerary", "Licence",
    "Loan", "Locker", "Mandate", "Meter", "Notice", "Offer", "Order", "Package", "Parcel", "Payment",
    "Permit", "Plan", "Policy", "Premium", "Quote", "Receipt", "Refund", "Rental", "Repair", "Return",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Subject:
    """The names that one service, its entity and its journey are made of."""

    number: int
    noun: str

    @property
    def entity(self) -> str:
        """The entity's name, unique in the workload."""
        return f"{self.noun}{self.number:04d}"

    @property
    def package(self) -> str:
        """The last part of the package name; also the file's name."""
        return f"{self.noun.lower()}{self.number:04d}"

    def fill(self, template: Template) -> str:
        """Write `template` for this subject."""
        return template.substitute(
            entity=self.entity,
            package=self.package,
            noun=self.noun.lower(),
            code=f"{self.noun[:3].upper()}-{self.number:06d}",
        )


def subjects(size: int) -> list[Subject]:
    """Name `size` services; the first ones of a larger workload are those of a smaller one."""
    return [Subject(number, _NOUNS[number % len(_NOUNS)]) for number in range(1, size + 1)]


# ---- blueprints -----------------------------------------------------------------------------------------------------

_TOML = """\
name = "bench"
title = "Benchmark platform"
version = "1.0.0"
language = "2026"
sources = ["**/*.blueprint"]

[build]
targets = ["openapi"]

[targets.openapi]
servers = ["https://api.bench.example"]
"""

# An API model by itself has no journeys, so that no journey calls its operations.
_TOML_API_LINT = """
[lint]
ignore = ["unused-operation"]
"""

_ERRORS = """\
package bench.failures

/// The thing that was asked for is not there, or no longer there.
error NotFound "There is no such thing" {
  status 404
  reference: string(1..64)
}

/// What was asked for does not fit the present state.
error Conflict "This is not possible now" {
  status 409
  reference: string(1..64)
}
"""

_PEOPLE_API = """\
package bench.people

team Platform "Platform" {
  kind technology
  contact "platform@bench.example"
}
"""

_PEOPLE_FULL = """\
package bench.people

from bench.channels import MobileApp, Web

team Operations "Customer operations" {
  kind business
  contact "operations@bench.example"
}

team Platform "Platform" {
  kind technology
  contact "platform@bench.example"
}

team Clerks "Clerks" {
  parent Operations
  kind operations
  contact "clerks@bench.example"
}

team FrontDesk "Front desk" {
  parent Operations
  kind operations
  contact "front-desk@bench.example"
}

partner Couriers "Courier network" {
  contact "desk@couriers.example"
  provides "Collects and delivers papers"
}

persona Regular "Regular customer" {
  segment "Households"
  goal "Have it done without a visit"
  need "Sees what happens next", "Reaches a person when something is wrong"
  prefers MobileApp, Web
  language "en"
}
"""

_CHANNELS = """\
package bench.channels

import bench.people

channel MobileApp "Mobile app" {
  kind mobile
  identity authenticated
  hours "Mo-Su 00:00-24:00"
  language "en"
  owner people.Platform
}

channel Web "Web site" {
  kind web
  identity authenticated
  hours "Mo-Su 00:00-24:00"
  language "en"
  owner people.Platform
}

channel Phone "Telephone" {
  kind phone
  identity identified
  hours "Mo-Sa 08:00-20:00"
  language "en"
  owner people.FrontDesk
}

channel Store "Store" {
  kind store
  identity verified
  hours "Mo-Sa 09:00-18:00"
  language "en"
  owner people.FrontDesk
}
"""

_SYSTEMS = """\
package bench.systems

import bench.people

system Register "Central register" {
  owner people.Platform
  vendor "In-house"
  lifecycle live
}

system Desk "Desk of the front office" {
  owner people.FrontDesk
  vendor "In-house"
  lifecycle live
}
"""

_MEASURES = """\
package bench.measures

metric Effort "Customer effort" {
  kind ces
  target >= 5
  unit "points"
  source "Survey after the journey"
}

metric Satisfaction "Customer satisfaction" {
  kind csat
  target >= 80%
  source "Survey after the journey"
}
"""

_HEAD_API = Template("""\
package bench.$package

import bench.people
from bench.failures import NotFound, Conflict

""")

_HEAD_FULL = Template("""\
package bench.$package

import bench.people
import bench.systems
from bench.channels import MobileApp, Web, Phone, Store
from bench.failures import NotFound, Conflict
from bench.measures import Effort, Satisfaction

""")

_DATA = Template("""\
/// What we know of one $noun, from its first record to its last.
entity $entity "$entity" {
  /// Stays the same for life.
  id: uuid @key
  /// Printed on every letter about it.
  code: string(4..16) @example("$code")
  title: string(1..80) @example("The first $noun")
  status: ${entity}Status = open
  amount: decimal(12, 2) @example(129.50)
  copies: int(0..99) = 1
  opened_at: datetime
  due_on: date?
}

/// Where one $noun stands.
enum ${entity}Status {
  open "Open"
  assigned "Assigned"
  completed "Completed"
  withdrawn "Withdrawn"
}

""")

_SERVICE_HEAD_API = Template("""\
/// Keeps every $noun and all that is done to it.
service ${entity}Service "$entity service" {
  owner people.Platform
  masters $entity
""")

_SERVICE_HEAD_FULL = Template("""\
/// Keeps every $noun and all that is done to it.
service ${entity}Service "$entity service" {
  owner people.Platform
  masters $entity
  realizes ${entity}Handling
  runs_on systems.Register
  availability 99.9%
""")

_OPERATIONS = Template("""\

  /// Lists each $noun in one state, the newest first.
  query by_status(status: ${entity}Status, limit: int(1..100)?) -> [$entity]

  /// Shows one $noun.
  query details(record: $entity.id) -> $entity {
    fails NotFound
  }

  /// Finds one $noun by the code that is printed on its letters.
  query by_code(code: $entity.code) -> $entity {
    fails NotFound
  }

  /// Shows how one $noun came to be what it is.
  query history(record: $entity.id, since: datetime?) -> [$entity] {
    fails NotFound
  }

  /// Counts what is due until a day.
  query due_count(until: date, status: ${entity}Status?) -> int

  /// Opens a new $noun.
  command register(title: $entity.title, amount: $entity.amount, copies: $entity.copies?, due_on: date?) -> $entity {
    fails Conflict
  }

  /// Gives one $noun another title.
  command rename(record: $entity.id, title: $entity.title) -> $entity {
    fails NotFound
  }

  /// Hands one $noun to somebody who looks after it.
  command assign(record: $entity.id, to: string(1..40), reason: text?) -> $entity {
    fails NotFound, Conflict
  }

  /// Completes one $noun.
  command complete(record: $entity.id, on: date, note: text?) -> $entity {
    fails NotFound, Conflict
  }

  /// Withdraws one $noun, which cannot be undone.
  command withdraw(record: $entity.id, reason: string(1..200)) -> $entity {
    fails NotFound, Conflict
  }
}
""")

_JOURNEY = Template("""\

/// Handles every $noun from its first record to its last.
capability ${entity}Handling "$entity handling" {
  importance core
  people people.Clerks, people.Couriers
  process "Handling of one $noun"
  information $entity
  system systems.Register, systems.Desk
  maturity 3 -> 3
}

journey Settle$entity "Settle $noun $code" {
  kind use
  persona people.Regular
  trigger "A letter about the $noun arrives"
  outcome "The $noun is settled and the customer knows it"
  target { duration 30d; self_service 50% }
  measures Effort, Satisfaction

  phase before "Find out" {
    step look "Looks what is open" {
      via MobileApp, Web, Phone
      calls ${entity}Service.by_status
      frontstage "Shows what is open, the newest first"
      backstage "The list is brought up to date" by people.Platform within 1m
      evidence "List with the codes"
      wait 1s..5s
    }
    step weigh "Sees how much is due" {
      via MobileApp, Web, Phone
      calls ${entity}Service.due_count
      frontstage "Shows how much is due this month"
      backstage none
      evidence "Number of each state"
    }
    step find "Finds the one on the letter" {
      via MobileApp, Web, Phone
      calls ${entity}Service.by_code
      frontstage "Asks for the code that is on the letter"
      backstage "The letter is found in the archive" by people.Clerks within 10m
      evidence "Letter with the code"
      wait 5s..1m
      on NotFound -> register carries $entity.code
      -> open when "Wants to go on with it" share 70% carries $entity.id, $entity.code
      -> talk carries $entity.code
    }
  }

  phase during "Get it done" {
    step open "Looks at it" {
      via MobileApp, Phone
      calls ${entity}Service.details, ${entity}Service.history
      frontstage "Shows where it stands and how it came there"
      backstage "Old entries are fetched from the archive" by people.Clerks within 1h
      evidence "Page with all entries"
      wait 5s..2m
      on NotFound -> talk
      -> rename when "The title is wrong" share 20%
      -> assign
    }
    step register "Opens a new one" {
      via MobileApp, Phone
      calls ${entity}Service.register
      frontstage "Asks for a title and the amount"
      backstage "A clerk looks at the amount" by people.Clerks within 4h
      evidence "Confirmation with the new code"
      wait 10m..4h
      on Conflict -> talk
      -> assign
    }
    step rename "Puts the title right" {
      via MobileApp, Phone
      calls ${entity}Service.rename
      frontstage "Shows the old title and the new one"
      backstage "A clerk reads the new title" by people.Clerks within 1d
      evidence "Confirmation with the new title"
      wait 1m..1d
      on NotFound -> talk
      -> assign
    }
    step assign "Has somebody look after it" {
      via MobileApp, Phone
      calls ${entity}Service.assign
      frontstage "Says who looks after it from now on"
      backstage "A clerk takes it over" by people.Clerks within 2d
      support people.Couriers "Bring the papers"
      evidence "Card with a name and a number"
      moment_of_truth
      measures Satisfaction
      emotion +1
      wait 2h..2d
      on NotFound, Conflict -> talk
      -> complete when "Everything is in order" share 85%
      -> talk
    }
    step talk "Talks to a person" {
      via MobileApp, Phone, Store
      calls ${entity}Service.by_code
      frontstage "Listens and looks it up"
      backstage "The front desk asks the clerks" by people.FrontDesk within 1h
      evidence "Note of what was said"
      pain "Has to wait" severity medium
      wait 5m..1h
      on NotFound -> end
      -> withdraw when "Does not want it any more" share 30%
      -> complete
    }
  }

  phase after "Close it" {
    step complete "Has it in hand" {
      via MobileApp, Phone, Store
      calls ${entity}Service.complete
      frontstage "Says that it is done, and since when"
      backstage "A clerk files the papers" by people.Clerks within 2d
      evidence "Last letter"
      measures Satisfaction
      wait 1h..3d
      on NotFound -> end
      on Conflict -> withdraw
      -> end
    }
    step withdraw "Gives it up" {
      via MobileApp, Phone, Store
      calls ${entity}Service.withdraw
      frontstage "Asks for the reason and confirms it"
      backstage "A clerk takes it off the books" by people.Clerks within 3d
      evidence "Letter that confirms it"
      wait 1h..3d
      on NotFound, Conflict -> end
      -> end
    }
  }
}

experience ${entity}InTheApp {
  journey Settle$entity
  channel MobileApp
  step look { screen "/open"; asks status; shows $entity.title }
  step weigh { screen "/due"; asks until }
  step find { screen "/find"; asks code; shows $entity.title }
  step open { screen "/one"; shows $entity.status, $entity.due_on }
  step register { screen "/new"; asks title, amount; shows $entity.code }
  step rename { screen "/title"; asks title }
  step assign { screen "/who"; asks to, reason }
  step talk { screen "/talk" }
  step complete { screen "/done"; asks on }
  step withdraw { screen "/withdraw"; asks reason }
}

experience ${entity}OnTheWeb {
  journey Settle$entity
  channel Web
  step look { screen "/open"; asks status; shows $entity.title }
  step weigh { screen "/due"; asks until }
  step find { screen "/find"; asks code; shows $entity.title }
}

experience ${entity}ByPhone {
  journey Settle$entity
  channel Phone
  step look { asks status }
  step weigh { asks until }
  step find { asks code }
  step open { shows $entity.status }
  step register { asks title, amount }
  step rename { asks title }
  step assign { asks to }
  step talk { script "How can I help?" }
  step complete { asks on }
  step withdraw { asks reason }
}

experience ${entity}InTheStore {
  journey Settle$entity
  channel Store
  step talk { script "How can I help?" }
  step complete { asks on }
  step withdraw { asks reason }
}
""")


def blueprint_files(kind: Kind, size: int) -> dict[str, str]:
    """Write the workspace of `size` services: path below its folder to text."""
    files = {"failures.blueprint": _ERRORS}
    if kind == "api":
        files["cxc.toml"] = _TOML + _TOML_API_LINT
        files["people.blueprint"] = _PEOPLE_API
        parts: tuple[Template, ...] = (_HEAD_API, _DATA, _SERVICE_HEAD_API, _OPERATIONS)
    else:
        files["cxc.toml"] = _TOML
        files["people.blueprint"] = _PEOPLE_FULL
        files["channels.blueprint"] = _CHANNELS
        files["systems.blueprint"] = _SYSTEMS
        files["measures.blueprint"] = _MEASURES
        parts = (_HEAD_FULL, _DATA, _SERVICE_HEAD_FULL, _OPERATIONS, _JOURNEY)
    for subject in subjects(size):
        files[f"services/{subject.package}.blueprint"] = "".join(subject.fill(part) for part in parts)
    return files


# ---- TypeSpec -------------------------------------------------------------------------------------------------------

_TSPCONFIG = """\
emit:
  - "@typespec/openapi3"
options:
  "@typespec/openapi3":
    emitter-output-dir: "{output-dir}"
    openapi-versions:
      - 3.1.0
"""

_TSP_FAILURES = """\
import "@typespec/http";

using Http;

namespace Bench.Failures;

model Problem {
  @header contentType: "application/problem+json";
  type: url;
  title: string;
  status: int32;
  detail?: string;
  instance?: string;
}

/** The thing that was asked for is not there, or no longer there. */
@error
@summary("There is no such thing")
model NotFound {
  ...Problem;
  @statusCode code: 404;
  @minLength(1) @maxLength(64) reference: string;
}

/** What was asked for does not fit the present state. */
@error
@summary("This is not possible now")
model Conflict {
  ...Problem;
  @statusCode code: 409;
  @minLength(1) @maxLength(64) reference: string;
}
"""

_TSP_MAIN_HEAD = """\
import "@typespec/http";
import "@typespec/openapi";
import "@typespec/openapi3";
import "./failures.tsp";
"""

_TSP_MAIN_TAIL = """
using Http;

@service(#{ title: "Benchmark platform" })
@OpenAPI.info(#{ version: "1.0.0" })
@server("https://api.bench.example", "Production")
@useAuth(BearerAuth)
namespace Bench;
"""

_TSP_SERVICE = Template("""\
import "@typespec/http";
import "../failures.tsp";

using Http;
using Bench.Failures;

namespace Bench.$entity;

/** What we know of one $noun, from its first record to its last. */
@summary("$entity")
model $entity {
  /** Stays the same for life. */
  @key @format("uuid") id: string;
  /** Printed on every letter about it. */
  @minLength(4) @maxLength(16) @example("$code") code: string;
  @minLength(1) @maxLength(80) @example("The first $noun") title: string;
  status: ${entity}Status = ${entity}Status.open;
  @example(129.50) amount: decimal;
  @minValue(0) @maxValue(99) copies: int32 = 1;
  openedAt: utcDateTime;
  dueOn?: plainDate;
}

/** Where one $noun stands. */
enum ${entity}Status {
  @summary("Open") open,
  @summary("Assigned") assigned,
  @summary("Completed") completed,
  @summary("Withdrawn") withdrawn,
}

/** Keeps every $noun and all that is done to it. */
@summary("$entity service")
@tag("$entity service")
@route("/$package")
interface ${entity}Service {
  /** Lists each $noun in one state, the newest first. */
  @route("/by-status") @get
  byStatus(
    @query status: ${entity}Status,
    @query @minValue(1) @maxValue(100) limit?: int32,
  ): $entity[];

  /** Shows one $noun. */
  @route("/details") @get
  details(@query @format("uuid") record: string): $entity | NotFound;

  /** Finds one $noun by the code that is printed on its letters. */
  @route("/by-code") @get
  byCode(@query @minLength(4) @maxLength(16) code: string): $entity | NotFound;

  /** Shows how one $noun came to be what it is. */
  @route("/history") @get
  history(@query @format("uuid") record: string, @query since?: utcDateTime): $entity[] | NotFound;

  /** Counts what is due until a day. */
  @route("/due-count") @get
  dueCount(@query until: plainDate, @query status?: ${entity}Status): int32;

  /** Opens a new $noun. */
  @route("/register") @post
  register(
    @minLength(1) @maxLength(80) title: string,
    amount: decimal,
    @minValue(0) @maxValue(99) copies?: int32,
    dueOn?: plainDate,
  ): $entity | Conflict;

  /** Gives one $noun another title. */
  @route("/rename") @post
  rename(@format("uuid") record: string, @minLength(1) @maxLength(80) title: string): $entity | NotFound;

  /** Hands one $noun to somebody who looks after it. */
  @route("/assign") @post
  assign(
    @format("uuid") record: string,
    @minLength(1) @maxLength(40) to: string,
    reason?: string,
  ): $entity | NotFound | Conflict;

  /** Completes one $noun. */
  @route("/complete") @post
  complete(@format("uuid") record: string, on: plainDate, note?: string): $entity | NotFound | Conflict;

  /** Withdraws one $noun, which cannot be undone. */
  @route("/withdraw") @post
  withdraw(
    @format("uuid") record: string,
    @minLength(1) @maxLength(200) reason: string,
  ): $entity | NotFound | Conflict;
}
""")


def typespec_files(size: int) -> dict[str, str]:
    """Write the API model of `api` as TypeSpec: path below its folder to text."""
    named = subjects(size)
    imports = "".join(f'import "./services/{subject.package}.tsp";\n' for subject in named)
    files = {
        "tspconfig.yaml": _TSPCONFIG,
        "failures.tsp": _TSP_FAILURES,
        "main.tsp": _TSP_MAIN_HEAD + imports + _TSP_MAIN_TAIL,
    }
    for subject in named:
        files[f"services/{subject.package}.tsp"] = subject.fill(_TSP_SERVICE)
    return files


# ---- to disk --------------------------------------------------------------------------------------------------------


def write(files: dict[str, str], folder: Path) -> Path:
    """Write `files` below `folder`, which is made, and give the folder back."""
    for path, text in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")
    return folder


def main() -> None:
    """Write one workload to a folder, to look at it or to measure it by hand."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("kind", choices=[*KINDS, "typespec"])
    parser.add_argument("size", type=int, help="how many services")
    parser.add_argument("folder", type=Path)
    chosen = parser.parse_args()
    files = typespec_files(chosen.size) if chosen.kind == "typespec" else blueprint_files(chosen.kind, chosen.size)
    write(files, chosen.folder)


if __name__ == "__main__":
    main()

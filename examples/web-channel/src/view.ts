// The screens: what stands in the page, and where the focus goes. No screen knows a journey.
import type { Channel, Datum, Journey } from "./design.ts";
import { el } from "./dom.ts";
import type { Fault, FormView } from "./forms.ts";
import { hoursInWords, isOpenByWords } from "./hours.ts";
import type { Place, Way } from "./machine.ts";
import type { Fact, StepWork } from "./step.ts";
import { inWords, kindInWords, localeOf, nameOf, shown } from "./words.ts";

type Child = Node | string | undefined | false;

/** Where to go on, and what it is called. */
export interface Choice {
  readonly way: Way;
  readonly label: string;
  readonly detail?: string | undefined;
}

/** A datum that is handed on, with the value that it has and how people call that. */
export interface Carried {
  readonly datum: Pick<Datum, "name" | "title">;
  readonly value: unknown;
  readonly label?: string | undefined;
}

export class View {
  readonly #channel: Channel;
  readonly #now: () => Date;
  readonly #main = place("main");
  readonly #status = place("status");
  readonly #person = place("person") as HTMLButtonElement;
  readonly #locale: string;
  #isFirst = true;

  constructor(channel: Channel, now: () => Date) {
    this.#channel = channel;
    this.#now = now;
    this.#locale = localeOf(channel);
    document.documentElement.lang = channel.languages[0] ?? "en";
    place("channel").textContent = channel.title;
  }

  /** Puts a screen into the page; its heading gets the focus, so that it is read out and the keyboard is there. */
  show(title: string, eyebrow: string | undefined, ...children: Child[]): void {
    const heading = el("h1", { tabindex: -1 }, title);
    const above = eyebrow ? el("p", { class: "eyebrow" }, eyebrow) : undefined;
    this.#main.replaceChildren(
      ...[above, heading, ...children].filter((child): child is Node => child instanceof Node),
    );
    document.title = `${title} – ${this.#channel.title}`;
    this.say("");
    if (!this.#isFirst) {
      heading.focus({ preventScroll: true });
      window.scrollTo(0, 0);
    }
    this.#isFirst = false;
  }

  /** Has something read out that needs no answer. */
  say(text: string): void {
    this.#status.textContent = text;
    this.#main.setAttribute("aria-busy", text === "" ? "false" : "true");
  }

  /** Offers a person for as long as there is something to do with it. */
  offerPerson(ask: (() => void) | undefined): void {
    this.#person.hidden = ask === undefined;
    this.#person.onclick = ask ?? null;
  }

  journeys(journeys: readonly Journey[]): void {
    const rows = journeys.map(({ name, title, doc, trigger }) =>
      el(
        "li",
        {},
        el("a", { href: `/?journey=${encodeURIComponent(name)}`, class: "choice-label" }, title),
        el("span", { class: "detail" }, doc ?? trigger ?? ""),
      ),
    );
    this.show("What can we do for you?", undefined, el("ul", { class: "journeys" }, ...rows));
  }

  /** Shows the ways in, where there are several. */
  arriving(title: string, choices: readonly Choice[], take: (way: Way) => void): void {
    this.show(title, undefined, this.#goOn("Where are you?", choices, take, "Begin"));
  }

  loading(title: string, eyebrow: string | undefined): void {
    this.show(title, eyebrow, el("p", { class: "lead" }, "One moment, please …"));
    this.say("One moment, please");
  }

  /** Shows what a step asks; `send` is called when the customer has said it. */
  asking(
    work: StepWork,
    form: FormView,
    shown: { eyebrow: string; notice: Child; instead: readonly Choice[] },
    act: { send: () => Promise<void>; take: (way: Way) => void },
  ): void {
    const button = el("button", { class: "main" }, work.changesSomething ? "Send" : "Go on");
    const onsubmit = (event: Event): void => {
      event.preventDefault();
      if (button.getAttribute("aria-disabled") !== "true") {
        button.setAttribute("aria-disabled", "true");
        this.say("One moment, please");
        void act.send().finally(() => button.removeAttribute("aria-disabled"));
      }
    };
    const others = shown.instead.map((choice) => this.#instead(choice, act.take));
    this.show(
      work.step.title,
      shown.eyebrow,
      shown.notice,
      ...frontstageOf(work),
      ...this.#facts(work),
      el("div", { id: "summary" }),
      el("form", { novalidate: true, onsubmit }, form.element, el("p", { class: "actions" }, button)),
      others.length > 0 && el("section", { class: "instead", "aria-label": "Something else instead" }, ...others),
    );
  }

  /** Says what is wrong, above all else and with the focus there; the way to each control is a link. */
  faults(faults: readonly Fault[], title = "Please look at this again"): void {
    const rows = faults.map(({ id, text }) => {
      const onclick = (event: Event): void => {
        event.preventDefault();
        document.getElementById(id)?.focus();
      };
      return el("li", {}, id === "" ? text : el("a", { href: `#${id}`, onclick }, text));
    });
    const summary = el("div", { class: "summary", role: "group", "aria-labelledby": "summary-title", tabindex: -1 });
    summary.append(el("h2", { id: "summary-title" }, title), el("ul", {}, ...rows));
    document.getElementById("summary")?.replaceChildren(summary);
    this.say("");
    summary.focus();
  }

  /** Shows what came of a step, and how it goes on. */
  answered(
    work: StepWork,
    shown: {
      eyebrow: string;
      notice: Child;
      said: readonly Fact[];
      keep: readonly Carried[];
      wait?: string | undefined;
    },
    choices: readonly Choice[],
    take: (way: Way) => void,
  ): void {
    const evidence = work.step.evidence.map((text) => el("li", {}, text));
    const facts = [...shown.said, ...work.facts.flatMap(({ things }) => things.flat())];
    const there = new Set(facts.map(({ value }) => value));
    const keep = shown.keep.filter(({ value }) => !isReference(value) && !there.has(value));
    const receipt = el(
      "section",
      { class: "receipt", "aria-labelledby": "receipt-title" },
      el("h2", { id: "receipt-title" }, "What you have now"),
      evidence.length > 0 && el("ul", { class: "evidence" }, ...evidence),
      keep.length > 0 && this.#carried(keep),
      shown.said.length > 0 && this.#list(shown.said),
      shown.wait && el("p", { class: "hint" }, shown.wait),
    );
    this.show(
      work.step.title,
      shown.eyebrow,
      shown.notice,
      ...frontstageOf(work),
      ...this.#facts(work),
      receipt.childElementCount > 1 && receipt,
      this.#goOn("How would you like to go on?", choices, take, "Go on"),
    );
  }

  /** Shows where it goes on, and what is known there already. */
  handOff(
    shown: {
      title: string;
      after: string;
      notice: Child;
      places: readonly Place[];
      people: readonly Place[];
      carried: readonly Carried[];
      again: readonly Datum[];
    },
    choices: readonly Choice[],
    take: (way: Way) => void,
  ): void {
    const again = shown.again.map((datum) => el("li", {}, nameOf(datum)));
    this.show(
      shown.title,
      shown.after,
      shown.notice,
      el("p", { class: "lead" }, "This goes on somewhere else. You need not begin again there."),
      this.#places("Where it goes on", shown.places),
      this.#people(shown.people, shown.places),
      this.#known(shown.carried),
      again.length > 0 && section("What you will be asked again", el("ul", {}, ...again)),
      this.#buttons(choices, take),
    );
  }

  person(
    places: readonly Place[],
    carried: readonly Carried[],
    choices: readonly Choice[],
    take: (way: Way) => void,
  ): void {
    this.show(
      "Talk to a person",
      undefined,
      el("p", { class: "lead" }, "People help here. What you have done so far is not lost."),
      this.#places("Whom you can reach", places),
      this.#known(carried),
      this.#buttons(choices, take),
    );
  }

  closed(
    hours: readonly string[],
    places: readonly Place[],
    people: readonly Place[],
    choices: readonly Choice[],
    take: (way: Way) => void,
  ): void {
    this.show(
      "We are closed just now",
      undefined,
      el("p", { class: "lead" }, `${this.#channel.title} opens again: ${hoursInWords(hours).join("; ") || "soon"}.`),
      places.length > 0 && this.#places("Where it goes on meanwhile", places),
      this.#people(people, places),
      this.#buttons(choices, take),
    );
  }

  done(title: string, outcome: string | undefined): void {
    this.show(
      "That is all",
      title,
      outcome ? el("p", { class: "lead" }, `What it was for: ${outcome}.`) : undefined,
      el("p", { class: "actions" }, el("a", { href: "/" }, "What else can we do for you?")),
    );
  }

  broken(title: string, text: string, again: (() => void) | undefined): void {
    const button = again && el("button", { class: "main", onclick: again }, "Try again");
    this.show(title, undefined, el("p", { class: "lead" }, text), button && el("p", { class: "actions" }, button));
  }

  #facts(work: StepWork): Node[] {
    return work.facts.map(({ title, things }) => {
      const [only] = things;
      if (only === undefined) return section(title, el("p", {}, "There is none."));
      return section(title, things.length === 1 ? this.#list(only) : this.#table(title, things));
    });
  }

  #list(facts: readonly Fact[]): Node {
    const row = ({ label, value, schema }: Fact): Node =>
      el("div", {}, el("dt", {}, label), el("dd", {}, shown(value, schema, this.#locale)));
    return el("dl", {}, ...facts.filter(({ value }) => value !== undefined && value !== null).map(row));
  }

  #table(title: string, things: readonly (readonly Fact[])[]): Node {
    const head = things[0]?.map(({ label }) => el("th", { scope: "col" }, label)) ?? [];
    const rows = things.map((facts) =>
      el("tr", {}, ...facts.map(({ value, schema }) => el("td", {}, shown(value, schema, this.#locale)))),
    );
    const table = el("table", {}, el("thead", {}, el("tr", {}, ...head)), el("tbody", {}, ...rows));
    // Who has no mouse must be able to scroll it too.
    return el("div", { class: "wide", tabindex: 0, role: "region", "aria-label": title }, table);
  }

  #places(title: string, places: readonly Place[]): Node {
    const rows = places.map(({ title: name, kind, hours = [] }) => {
      const open = isOpenByWords(hours, this.#now());
      const state =
        open === undefined
          ? undefined
          : el("span", { class: open ? "open" : "shut" }, open ? "Open now" : "Closed now");
      return el(
        "li",
        {},
        el("strong", {}, name),
        " ",
        state,
        el("span", { class: "detail" }, [kindInWords(kind), ...hoursInWords(hours)].join(" · ")),
      );
    });
    return section(title, el("ul", { class: "places" }, ...rows));
  }

  /** Where no button leads to a person, it is said at once who is there. */
  #people(people: readonly Place[], named: readonly Place[]): Node | undefined {
    const others = people.filter(({ id }) => !named.some((one) => one.id === id));
    return others.length > 0 ? this.#places("People who help", others) : undefined;
  }

  #known(carried: readonly Carried[]): Node | undefined {
    return carried.length > 0 ? section("What is known there already", this.#carried(carried)) : undefined;
  }

  #carried(carried: readonly Carried[]): Node {
    const rows = carried.map(({ datum, value, label }) => {
      const text = label ?? inWords(value, {}, this.#locale);
      const name = label === undefined ? nameOf(datum) : nameOf({ name: datum.name, title: "" });
      return el("div", {}, el("dt", {}, name), el("dd", {}, label === undefined ? el("code", {}, text) : text));
    });
    return el("dl", {}, ...rows);
  }

  #instead({ way, label, detail }: Choice, take: (way: Way) => void): Node {
    const button = el("button", { class: "quiet", type: "button", onclick: () => take(way) }, label);
    return el("p", {}, button, detail ? el("span", { class: "detail" }, detail) : undefined);
  }

  /** Ways back: the likeliest first. */
  #buttons(choices: readonly Choice[], take: (way: Way) => void): Node | undefined {
    const buttons = choices.map(({ way, label }, at) =>
      el("button", { type: "button", class: at === 0 ? "main" : "quiet", onclick: () => take(way) }, label),
    );
    return buttons.length > 0 ? el("p", { class: "actions row" }, ...buttons) : undefined;
  }

  /** One way on is a button; of several, one is chosen. */
  #goOn(title: string, choices: readonly Choice[], take: (way: Way) => void, go: string): Node | undefined {
    const [only] = choices;
    if (only === undefined) return undefined;
    if (choices.length === 1) {
      const button = el("button", { class: "main", onclick: () => take(only.way) }, only.label);
      return el(
        "p",
        { class: "actions" },
        button,
        only.detail ? el("span", { class: "detail" }, only.detail) : undefined,
      );
    }
    const inputs = choices.map((_, at) =>
      el("input", { type: "radio", name: "way", id: `way-${String(at)}`, value: at, required: true }),
    );
    const rows = choices.map(({ label, detail }, at) =>
      el(
        "label",
        { class: "choice", for: `way-${String(at)}` },
        inputs[at],
        el(
          "span",
          {},
          el("span", { class: "choice-label" }, label),
          detail ? el("span", { class: "detail" }, detail) : undefined,
        ),
      ),
    );
    const onsubmit = (event: Event): void => {
      event.preventDefault();
      const chosen = choices[inputs.findIndex(({ checked }) => checked)];
      if (chosen === undefined) this.faults([{ id: "way-0", text: `${title.replace(/\?$/, "")}: please choose one` }]);
      else take(chosen.way);
    };
    const summary = document.getElementById("summary") ? undefined : el("div", { id: "summary" });
    return el(
      "form",
      { novalidate: true, onsubmit },
      summary,
      el("fieldset", { class: "field" }, el("legend", {}, title), ...rows),
      el("p", { class: "actions" }, el("button", { class: "main" }, go)),
    );
  }

  /** Says at the head of a screen why somebody has come to it. */
  notice(title: string, detail?: string): Node {
    return el(
      "div",
      { class: "notice" },
      el("p", {}, el("strong", {}, title)),
      detail ? el("p", {}, detail) : undefined,
    );
  }
}

function place(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`The page has no #${id}`);
  return found;
}

function section(title: string, ...children: Child[]): HTMLElement {
  return el("section", {}, el("h2", {}, title), ...children);
}

function frontstageOf({ step }: StepWork): Node[] {
  return step.frontstage.map((text) => el("p", { class: "lead" }, `${text}.`));
}

/** Whether a value is for machines only. */
export function isReference(value: unknown): boolean {
  return typeof value !== "string" || /^[0-9a-f]{8}-[0-9a-f]{4}-/.test(value);
}

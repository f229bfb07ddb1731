// A journey in the browser: the flow says where somebody is, the screens show it, the platform does it.
import { isSwitchedOn, read, stepsOf } from "./design.ts";
import type { Channel, Datum, Form, Journey, Route, Session } from "./design.ts";
import { FormView } from "./forms.ts";
import { isOpen } from "./hours.ts";
import { Walk, wayAfter } from "./machine.ts";
import type { Known, Meta, Way } from "./machine.ts";
import { Platform } from "./platform.ts";
import type { Refusal } from "./platform.ts";
import { StepWork } from "./step.ts";
import type { Values } from "./step.ts";
import { View } from "./view.ts";
import type { Carried, Choice } from "./view.ts";
import { waitInWords } from "./words.ts";

/** How often it is looked whether the channel is open, in milliseconds. */
const LOOK = 10_000;

interface Surroundings {
  readonly channel: Channel;
  readonly routes: readonly Route[];
  readonly session: Session;
  readonly view: View;
  readonly now: () => Date;
}

/** Somebody who goes through a journey. */
class Visit {
  readonly #around: Surroundings;
  readonly #journey: Journey;
  readonly #walk: Walk;
  readonly #view: View;
  readonly #platform: Platform;
  /** All that was learnt on the way; the flow remembers what the design says. */
  #known: Known;
  /** How people call what a key stands for. */
  readonly #labels = new Map<unknown, string>();
  #notice: Node | undefined;
  /** The screen of a step as somebody left it who talks to a person, or for whom the channel has closed. */
  #left: { readonly step: string; readonly show: () => void } | undefined;
  /** Counts the screens, so that an answer that comes too late changes nothing. */
  #screen = 0;

  constructor(around: Surroundings, journey: Journey, flow: object) {
    this.#around = around;
    this.#journey = journey;
    this.#view = around.view;
    this.#walk = new Walk(flow, around.now);
    this.#platform = new Platform(around.session);
    this.#known = this.#carriedIn();
  }

  /** What the customer comes with: by log-in, and by a link that carries it behind `#`, where no server sees it. */
  #carriedIn(): Known {
    const carried = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
    const values: Values = { ...this.#around.session.known, ...carried };
    const meanings = this.#around.channel.operations.flatMap(({ parameters }) =>
      parameters.flatMap(({ meaning }) => meaning ?? []),
    );
    const data = [...(this.#walk.about.data ?? []).map(({ key, name }) => ({ id: key, name })), ...meanings];
    return Object.fromEntries(data.flatMap(({ id, name }) => (name in values ? [[id, values[name]]] : [])));
  }

  begin(): void {
    const ways = this.#walk.ways("start", "arrive");
    const asked = new URLSearchParams(location.search).get("step");
    const start = ways.find(({ event, step }) => (asked === null ? event === "start" : step?.endsWith(`.${asked}`)));
    const only = start ?? (ways.length === 1 ? ways[0] : undefined);
    if (only !== undefined) {
      this.#take(only);
    } else {
      const choices = ways.map((way) => ({ way, label: way.leadsTo?.title ?? way.event, detail: way.trigger }));
      this.#view.arriving(this.#journey.title, choices, (way) => this.#take(way));
    }
    window.setInterval(() => void this.#look(), LOOK);
  }

  readonly #take = (way: Way): void => {
    if (!way.event.startsWith("person.")) this.#left = undefined;
    this.#walk.go(way.event, this.#known);
    void this.#arrived();
  };

  /** Looks whether the channel is open, and goes where the flow says if that has changed. */
  async #look(): Promise<void> {
    const { channel, now } = this.#around;
    const { always_open = false, openingHoursSpecification = [] } = channel.hours;
    const isOpenNow =
      (always_open || isOpen(openingHoursSpecification, now())) && (await isSwitchedOn(channel).catch(() => true));
    const event = isOpenNow ? "channel.opened" : "channel.closed";
    if (this.#walk.can(event)) {
      this.#walk.go(event);
      await this.#arrived();
    }
  }

  /** Shows where somebody is now. */
  async #arrived(): Promise<void> {
    this.#screen += 1;
    const meta = this.#walk.here;
    const notice = this.#notice;
    this.#notice = undefined;
    const ask = this.#walk.can("person.wanted");
    this.#view.offerPerson(
      ask ? () => this.#take({ event: "person.wanted", errors: [], leadsTo: undefined }) : undefined,
    );
    switch (meta.kind) {
      case "step":
        return this.#step(meta, notice);
      case "hand-off":
        return this.#handOff(meta, notice);
      case "person":
        return this.#view.person(meta.channels ?? [], this.#carried(meta.carries), this.#back(), this.#take);
      case "closed":
        return this.#view.closed(
          meta.hours ?? [],
          meta.fallback ?? [],
          this.#walk.people,
          this.#back("journey"),
          this.#take,
        );
      default:
        return this.#view.done(this.#journey.title, meta.outcome);
    }
  }

  async #step(meta: Meta, notice: Node | undefined): Promise<void> {
    if (this.#left?.step === meta.step) return this.#left?.show();
    const screen = this.#screen;
    const found = stepsOf(this.#journey).find(({ step }) => step.id === meta.step);
    if (found === undefined) throw new Error(`channel.json does not tell of ${String(meta.step)}`);
    const presentation = meta.presentations?.find(({ tiers }) => tiers.length === 0) ?? meta.presentations?.[0];
    this.#view.loading(found.step.title, found.phase);
    const path = this.#around.routes.find((route) => route.presentation === presentation?.id)?.path;
    if (path !== undefined) history.replaceState(null, "", path + location.search + location.hash);
    await this.#look();
    if (screen !== this.#screen) return;
    try {
      const file =
        presentation?.form === undefined ? undefined : await read<{ forms: readonly Form[] }>(presentation.form);
      const form = file?.forms.find((one) => one.presentation === presentation?.id);
      const about = { step: found.step, meta, ...(presentation && { presentation }), ...(form && { form }) };
      const work = new StepWork(this.#around.channel, this.#platform, about, {
        ...this.#known,
        ...defined(this.#walk.known),
      });
      const problem = await work.begin();
      if (screen !== this.#screen) return;
      this.#learn(work);
      if (problem !== undefined && !this.#failed(problem)) this.#broken(problem);
      else if (problem === undefined) this.#show(work, { eyebrow: found.phase, notice }, meta);
    } catch (error) {
      if (screen === this.#screen) this.#broken(error);
    }
  }

  #show(work: StepWork, frame: { eyebrow: string; notice: Node | undefined }, meta: Meta): void {
    if (work.isDone) {
      this.#answered(work, frame, meta, {});
      return;
    }
    const form = new FormView(work.schema, work.uischema, work.initial, work.options);
    Object.values(work.options)
      .flat()
      .forEach(({ value, label }) => this.#labels.set(value, label));
    const free = work.changesSomething ? this.#choices("when").filter(({ way }) => work.isFree(way.when)) : [];
    const take = async (way: Way): Promise<void> => {
      work.say(await form.values());
      this.#learn(work);
      this.#take(way);
    };
    const act = { send: () => this.#send(work, form, frame, meta), take: (way: Way) => void take(way) };
    this.#showStep(work, () => this.#view.asking(work, form, { ...frame, instead: free }, act));
  }

  /** Shows a screen of a step, now if somebody is there, and when somebody comes back to it. */
  #showStep({ step }: StepWork, show: () => void): void {
    this.#left = { step: step.id, show };
    if (this.#walk.here.step === step.id) show();
  }

  async #send(work: StepWork, form: FormView, frame: { eyebrow: string }, meta: Meta): Promise<void> {
    const faults = form.faults();
    if (faults.length > 0) {
      this.#view.faults(faults);
      return;
    }
    const screen = this.#screen;
    const values = await form.values();
    try {
      const problem = await work.send(values);
      this.#learn(work);
      if (problem === undefined) {
        // Also if the channel has closed meanwhile: it is done, and must not be done again.
        this.#answered(work, { ...frame, notice: undefined }, meta, values);
      } else if (screen === this.#screen && !this.#failed(problem)) {
        this.#view.faults(faultsOf(problem, form), problem.title);
      }
    } catch (error) {
      if (screen === this.#screen) this.#view.faults([{ id: "", text: textOf(error) }], "This did not work");
    }
  }

  #answered(work: StepWork, frame: { eyebrow: string; notice: Node | undefined }, meta: Meta, values: Values): void {
    const names = new Map(this.#walk.about.data?.map(({ key, name, title }) => [key, { name, title }]));
    const handed = work.step.ways_on.flatMap(({ carries }) => carries).filter(({ id }) => work.hasFound(id));
    const unique = [...new Map(handed.map((datum) => [datum.id, names.get(datum.id) ?? datum])).entries()];
    const keep = unique.map(([id, datum]) => ({ datum, value: work.known[id] }));
    const wait = meta.wait && waitInWords(meta.wait);
    const shown = { ...frame, said: work.said(values), keep, wait };
    this.#showStep(work, () => this.#view.answered(work, shown, this.#choices("when", "next"), this.#take));
  }

  /** The ways on, in words: under which condition, and where to. */
  #choices(...events: string[]): Choice[] {
    const ways = this.#walk.ways(...events);
    return ways.map((way) => {
      const to = way.leadsTo?.title ?? way.leadsTo?.to?.title;
      const where = way.leadsTo?.kind === "done" ? undefined : to;
      return way.when === undefined
        ? { way, label: ways.length > 1 ? "None of this, just go on" : "Go on", detail: where && `Next: ${where}` }
        : { way, label: way.when, detail: where && `Next: ${where}` };
    });
  }

  #handOff(meta: Meta, notice: Node | undefined): void {
    const { to, from, channels = [], asks_again: again = [], carries } = meta;
    const carried = this.#carried(carries);
    const shown = {
      title: to?.title ?? "",
      after: `After: ${from?.title ?? ""}`,
      notice,
      places: channels,
      people: this.#walk.people,
      carried,
      again,
    };
    this.#view.handOff(shown, this.#back(), this.#take);
  }

  #back(...events: string[]): Choice[] {
    const labels: Readonly<Record<string, string>> = {
      "person.done": "Go back to where I was",
      "journey.ended": "I am done with all of it",
    };
    return this.#walk.ways(...(events.length > 0 ? events : ["return", "person", "journey"])).map((way) => ({
      way,
      label: labels[way.event] ?? `I am back: ${way.leadsTo?.title ?? way.event}`,
    }));
  }

  /** Returns what is handed on, as far as it is known. */
  #carried(carries: Meta["carries"]): Carried[] {
    const data = new Map((this.#walk.about.data ?? []).map(({ key, name, title }) => [key, { name, title }]));
    return (carries ?? []).flatMap((one) => {
      const id = typeof one === "string" ? one : one.id;
      const datum: Pick<Datum, "name" | "title"> | undefined = typeof one === "string" ? data.get(id) : one;
      const value = this.#walk.known[id] ?? this.#known[id];
      return datum && value !== undefined && value !== null ? [{ datum, value, label: this.#labels.get(value) }] : [];
    });
  }

  #learn(work: StepWork): void {
    this.#known = { ...this.#known, ...work.known };
  }

  /** Goes where the design says for a problem, and tells there why; false where it says nothing. */
  #failed(problem: Refusal): boolean {
    const way = wayAfter(problem, this.#walk.ways("failed"));
    if (way === undefined) return false;
    const detail = problem.detail === problem.title ? undefined : problem.detail;
    this.#notice = this.#view.notice(problem.title, detail);
    this.#take(way);
    return true;
  }

  #broken(why: unknown): void {
    const title = isRefusal(why) ? why.title : "This did not work";
    this.#view.broken(title, textOf(why), () => void this.#arrived());
  }
}

function isRefusal(why: unknown): why is Refusal {
  return typeof why === "object" && why !== null && "title" in why && "status" in why;
}

function textOf(why: unknown): string {
  if (isRefusal(why)) return why.detail ?? "Please try again, or talk to a person.";
  console.warn(why);
  return "We could not be reached. Nothing is lost: please try again, or talk to a person.";
}

/** Returns what a problem says is wrong, each at its control. */
function faultsOf(problem: Refusal, form: FormView): { id: string; text: string }[] {
  const parts = problem.errors ?? [];
  const found = parts.map(({ detail, pointer, parameter }) => ({
    id: form.idOf(parameter ?? pointer?.split("/")[1] ?? "") ?? "",
    text: detail,
  }));
  return found.length > 0 ? found : [{ id: "", text: textOf(problem) }];
}

function defined(values: Known): Known {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
}

async function begin(): Promise<void> {
  const [channel, { routes }, session] = await Promise.all([
    read<Channel>("channel.json"),
    read<{ routes: readonly Route[] }>("routes.json"),
    fetch("/session.json").then((answer) => answer.json() as Promise<Session>),
  ]);
  const asked = new URLSearchParams(location.search);
  // For trying out: what would be at another time, as in `now=2026-12-24T22:30`.
  const moment = asked.get("now");
  const now = (): Date => (moment === null ? new Date() : new Date(moment));
  const view = new View(channel, now);
  const route = routes.find(({ path }) => path === location.pathname);
  const journey = channel.journeys.find(({ id, name }) =>
    asked.has("journey") ? name === asked.get("journey") : id === route?.journey,
  );
  if (journey === undefined) {
    view.journeys(channel.journeys);
    return;
  }
  const flow = routes.find((one) => one.journey === journey.id)?.flow ?? `flow/${journey.name}.json`;
  new Visit({ channel, routes, session, view, now }, journey, await read<object>(flow)).begin();
}

await begin();

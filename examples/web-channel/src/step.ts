// What is done in a step: what is asked of the platform at once, what is asked of the customer, what is sent.
import type { Channel, Form, Operation, Parameter, Schema, Shown, Step } from "./design.ts";
import { resolved } from "./forms.ts";
import type { Option } from "./questions.ts";
import type { Known, Meta, Presentation } from "./machine.ts";
import { told } from "./platform.ts";
import type { Answer, Platform, Refusal } from "./platform.ts";
import { capital, inWords, localeOf } from "./words.ts";

export type Values = Readonly<Record<string, unknown>>;

/** A shown field with the value that it has. */
export interface Fact {
  readonly label: string;
  readonly value: unknown;
  readonly schema: Schema;
}

/** A step as a customer does it. */
export class StepWork {
  readonly step: Step;
  readonly answers: Answer[] = [];
  schema: Schema;
  readonly #channel: Channel;
  readonly #platform: Platform;
  readonly #form: Form | undefined;
  readonly #shows: readonly Shown[];
  readonly #language: string;
  /** Which parameter, by its id, is asked as which property. */
  readonly #asked: Map<string, string>;
  #known: Known;
  #toDo: Operation[];

  constructor(
    channel: Channel,
    platform: Platform,
    { step, meta, presentation, form }: { step: Step; meta: Meta; presentation?: Presentation; form?: Form },
    known: Known,
  ) {
    this.step = step;
    this.#channel = channel;
    this.#platform = platform;
    this.#form = form;
    this.#known = known;
    this.#language = localeOf(channel);
    this.#shows = step.presentations.find(({ id }) => id === presentation?.id)?.shows ?? [];
    const byId = new Map(channel.operations.map((operation) => [operation.id, operation]));
    this.#toDo = (meta.operations ?? []).flatMap(({ id }) => byId.get(id) ?? []);
    this.#asked = new Map(form?.parameters.map(({ id, property }) => [id, property]));
    this.schema = { ...form?.schema, $defs: { ...channel.schemas, ...form?.schema.$defs } };
  }

  /** What is known by now, answers included. */
  get known(): Known {
    return this.#known;
  }

  get isDone(): boolean {
    return this.#toDo.length === 0;
  }

  /** Whether anything is changed by what is still to be sent. */
  get changesSomething(): boolean {
    return this.#toDo.some(({ kind }) => kind === "command");
  }

  get uischema(): Form["uischema"] {
    return this.#form?.uischema ?? { type: "VerticalLayout", elements: [] };
  }

  /** Asks the platform what can be asked before the customer has said anything, and finds out what to ask the customer. */
  async begin(): Promise<Refusal | undefined> {
    const isAnswerable = ({ id, required, meaning }: Parameter): boolean =>
      !this.#asked.has(id) && (!required || has(this.#known[meaning?.id ?? ""]));
    let problem: Refusal | undefined;
    // What one answer tells may be what the next question needs.
    for (const operation of this.#toDo) {
      if (operation.kind === "command" || problem !== undefined) break;
      if (operation.parameters.every(isAnswerable)) problem = await this.#call([operation], {});
    }
    this.#askForMissing();
    return problem;
  }

  /** Sends what the customer has said. */
  async send(values: Values): Promise<Refusal | undefined> {
    this.say(values);
    return this.#call(this.#toDo, values);
  }

  /** Keeps what the customer has said. */
  say(values: Values): void {
    const said = this.#askedParameters().flatMap(({ property, meaning }) => {
      const value = values[property];
      if (meaning === undefined || !has(value)) return [];
      const chosen = this.#thing(meaning.id, value);
      return Object.entries({ ...(chosen && told(chosen.operation, chosen.value)), [meaning.id]: value });
    });
    this.#known = { ...this.#known, ...Object.fromEntries(said) };
  }

  /** Calls operations, in the order of the design, with what the customer has said or what is known. */
  async #call(operations: readonly Operation[], values: Values): Promise<Refusal | undefined> {
    for (const operation of operations) {
      const sent = operation.parameters.flatMap(({ id, name, meaning }) => {
        const property = this.#asked.get(id);
        const value = property === undefined ? this.#known[meaning?.id ?? ""] : values[property];
        return has(value) ? [[name, value] as const] : [];
      });
      const result = await this.#platform.call(operation, Object.fromEntries(sent));
      if (!result.ok) return result.problem;
      this.#toDo = this.#toDo.filter((one) => one !== operation);
      this.answers.push({ operation, value: result.value });
      this.#known = { ...this.#known, ...told(operation, result.value) };
    }
    return undefined;
  }

  /** What must be sent is asked too where nobody has said it: for example after coming in by another door. */
  #askForMissing(): void {
    const isToCome = (field: string): boolean => this.#toDo.some((operation) => isOf(operation, field));
    const meant = new Set(this.#askedParameters().map(({ meaning }) => meaning?.id));
    for (const { id, name, title, schema, required, meaning } of this.#toDo.flatMap(({ parameters }) => parameters)) {
      const isKnown =
        meaning !== undefined && (has(this.#known[meaning.id]) || meant.has(meaning.id) || isToCome(meaning.id));
      if (!required || this.#asked.has(id) || isKnown) continue;
      const property = Object.hasOwn(this.schema.properties ?? {}, name) ? id : name;
      this.#asked.set(id, property);
      meant.add(meaning?.id);
      this.schema = {
        ...this.schema,
        properties: { ...this.schema.properties, [property]: { title, ...schema } },
        required: [...(this.schema.required ?? []), property],
      };
    }
  }

  /** Returns the thing in a list that was answered, by its key. */
  #thing(field: string, key: unknown): Answer | undefined {
    const name = field.split(".").at(-1) ?? "";
    for (const { operation, value } of this.answers) {
      const things = Array.isArray(value) && isOf(operation, field) ? (value as Values[]) : [];
      const found = things.find((thing) => thing[name] === key);
      if (found !== undefined) return { operation, value: found };
    }
    return undefined;
  }

  /** What is known already of what is asked. */
  get initial(): Values {
    const pairs = this.#askedParameters().map(({ property, meaning }) => [property, this.#known[meaning?.id ?? ""]]);
    return Object.fromEntries(pairs.filter(([, value]) => has(value)));
  }

  #askedParameters() {
    return this.#channel.operations
      .flatMap(({ parameters }) => parameters)
      .flatMap(({ id, meaning }) => {
        const property = this.#asked.get(id);
        return property === undefined ? [] : [{ property, meaning }];
      });
  }

  /** What can be chosen for a property: the things in a list that was answered, where the property is their key. */
  get options(): Readonly<Record<string, readonly Option[]>> {
    const found = this.#askedParameters().flatMap(({ property, meaning }) => {
      const list = this.answers.find(
        ({ operation, value }) => meaning && Array.isArray(value) && isOf(operation, meaning.id),
      );
      if (list === undefined || meaning === undefined) return [];
      const key = meaning.name.split(".").at(-1) ?? "";
      const things = list.value as Values[];
      return [[property, things.map((thing) => this.#option(list.operation, thing, thing[key]))] as const];
    });
    return Object.fromEntries(found);
  }

  #option(operation: Operation, thing: Values, value: unknown): Option {
    const facts = this.#factsOf(operation, thing).filter((fact) => has(fact.value));
    const [first, ...others] = facts.map((fact) => ({
      ...fact,
      text: inWords(fact.value, fact.schema, this.#language),
    }));
    const isName = first !== undefined && first.schema.type === "string" && first.schema.format === undefined;
    const alone = first && others.length === 0 && !isName ? `${first.label}: ${first.text}` : first?.text;
    const label = alone ?? String(thing["title"] ?? thing["name"] ?? value);
    return { value, label, details: others.map(({ label: name, text }) => `${name}: ${text}`) };
  }

  /** Returns the shown fields of a thing; of all things of a kind the same ones, so that they stand in columns. */
  #factsOf(operation: Operation, thing: unknown): Fact[] {
    const values = told(operation, thing);
    return this.#shows
      .filter(({ id }) => Object.keys(values).length > 0 && isOf(operation, id))
      .map(({ id, title, schema }) => ({ label: title, value: values[id], schema: resolved(schema, this.schema) }));
  }

  /** What the platform has answered, as far as it is to be shown: things, and lists of things that nobody chooses from. */
  get facts(): readonly { readonly title: string; readonly things: readonly (readonly Fact[])[] }[] {
    const choices = new Set(this.#askedParameters().map(({ meaning }) => meaning?.id));
    return this.answers.flatMap(({ operation, value }) => {
      const isChoice = Array.isArray(value) && [...choices].some((id) => id !== undefined && isOf(operation, id));
      const things = isChoice ? [] : [value].flat().map((thing) => this.#factsOf(operation, thing));
      const told = things.filter(({ length }) => length > 0);
      const empty = Array.isArray(value) && value.length === 0 && !isChoice;
      return told.length > 0 || empty ? [{ title: operation.returns[0]?.title ?? operation.title, things: told }] : [];
    });
  }

  /** What the customer has said, in words. */
  said(values: Values): Fact[] {
    const { options } = this;
    return Object.entries(values).map(([property, value]) => {
      const schema = resolved(this.schema.properties?.[property] ?? {}, this.schema);
      const chosen = options[property]?.find((option) => option.value === value);
      return { label: schema.title ?? capital(property), value: chosen?.label ?? value, schema: chosen ? {} : schema };
    });
  }

  /** Whether a field is of something that was answered here. */
  hasFound(field: string): boolean {
    return this.answers.some(({ operation }) => isOf(operation, field));
  }

  /** Returns the ids of the fields that a way carries, where the design says so. */
  carriedBy(when: string | undefined): readonly string[] {
    const way = this.step.ways_on.find((one) => one.when === when);
    return way?.carries.map(({ id }) => id) ?? [];
  }

  /** Whether a way can be taken before anything is sent: what it carries is known, or asked here. */
  isFree(when: string | undefined): boolean {
    const asked = new Set(this.#askedParameters().map(({ meaning }) => meaning?.id));
    const carried = this.carriedBy(when);
    return carried.length > 0 && carried.every((id) => has(this.#known[id]) || asked.has(id));
  }
}

function has(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "";
}

function isOf({ returns }: Operation, field: string): boolean {
  return returns.some(({ id }) => field.startsWith(`${id.replace(/^\w+:/, "field:")}.`));
}

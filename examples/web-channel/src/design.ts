// What the generated files of a channel look like, as far as this page reads them, and how they are read.

/** Something with a name of its own. */
export interface Named {
  readonly id: string;
  readonly title: string;
}

/** A field of an entity, by its full name and as `Entity.field`. */
export interface Datum extends Named {
  readonly name: string;
}

export interface Schema {
  readonly type?: string;
  readonly title?: string;
  readonly description?: string;
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly contentEncoding?: string;
  readonly oneOf?: readonly { readonly const: unknown; readonly title?: string }[];
  readonly enum?: readonly unknown[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

export interface Parameter extends Named {
  readonly name: string;
  readonly required: boolean;
  readonly schema: Schema;
  readonly meaning?: Datum;
}

export interface Operation extends Named {
  readonly operation_id: string;
  readonly kind: "command" | "query";
  readonly parameters: readonly Parameter[];
  readonly returns: readonly Named[];
}

export interface Shown extends Datum {
  readonly schema: Schema;
}

export interface Step extends Named {
  readonly name: string;
  readonly frontstage: readonly string[];
  readonly evidence: readonly string[];
  readonly presentations: readonly { readonly id: string; readonly shows: readonly Shown[] }[];
  readonly ways_on: readonly {
    readonly to?: string;
    readonly title?: string;
    readonly when?: string;
    readonly carries: readonly Datum[];
  }[];
}

export interface Journey extends Named {
  readonly name: string;
  readonly doc?: string;
  readonly trigger?: string;
  readonly phases: readonly { readonly title: string; readonly steps: readonly Step[] }[];
}

export interface Opening {
  readonly dayOfWeek?: readonly string[];
  readonly opens: string;
  readonly closes: string;
}

export interface Channel extends Named {
  readonly name: string;
  readonly hours: { readonly always_open?: boolean; readonly openingHoursSpecification?: readonly Opening[] };
  readonly languages: readonly string[];
  readonly journeys: readonly Journey[];
  readonly operations: readonly Operation[];
  readonly schemas?: Readonly<Record<string, Schema>>;
}

export interface Route {
  readonly path: string;
  readonly journey: string;
  readonly presentation: string;
  readonly flow: string;
}

/** What a form asks, and of which parameter of which operation each property is the value. */
export interface Form {
  readonly presentation: string;
  readonly schema: Schema;
  readonly uischema: Layout;
  readonly parameters: readonly { readonly property: string; readonly id: string }[];
}

export interface Layout {
  readonly type: string;
  readonly label?: string;
  readonly scope?: string;
  readonly elements?: readonly Layout[];
  readonly options?: { readonly format?: string; readonly multi?: boolean };
}

/** Who uses the page, as a log-in would tell it: what is known is named as `Entity.field`. */
export interface Session {
  readonly platform: string;
  readonly token?: string;
  readonly known: Readonly<Record<string, unknown>>;
}

interface Flags {
  readonly flags: Readonly<
    Record<string, { readonly defaultVariant: string; readonly variants: Readonly<Record<string, unknown>> }>
  >;
}

/** Reads a generated file of the channel. */
export async function read<Content>(path: string): Promise<Content> {
  const answer = await fetch(`/design/${path}`);
  if (!answer.ok) {
    throw new Error(`${path}: ${String(answer.status)} ${answer.statusText}`);
  }
  return (await answer.json()) as Content;
}

/** Whether whoever runs the channel has left it open; hours are another matter. */
export async function isSwitchedOn(channel: Channel): Promise<boolean> {
  const { flags } = await read<Flags>("flags.json");
  const flag = flags[`${channel.id}/open`];
  return flag === undefined || flag.variants[flag.defaultVariant] !== false;
}

/** Returns all steps of a journey that the channel serves, with the phase each is in. */
export function stepsOf(journey: Journey): { readonly step: Step; readonly phase: string }[] {
  return journey.phases.flatMap(({ steps, title }) => steps.map((step) => ({ step, phase: title })));
}

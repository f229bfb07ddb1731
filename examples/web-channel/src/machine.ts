// The flow of a journey runs as it was generated; what is added is what `remember` and `isOpen` mean.
import { assign, createActor, createMachine } from "xstate";
import type { Actor, AnyStateMachine, EventObject } from "xstate";
import type { Datum, Named, Opening } from "./design.ts";
import { isOpen } from "./hours.ts";

/** What is known about the customer and the case: values of fields by the fields' ids. */
export type Known = Readonly<Record<string, unknown>>;

export interface FlowEvent extends EventObject {
  readonly known: Known;
}

/** A channel that somebody is sent to. */
export interface Place extends Named {
  readonly kind: string;
  readonly hours?: readonly string[];
}

export interface Meta {
  readonly kind: "arriving" | "closed" | "done" | "hand-off" | "journey" | "open" | "person" | "step";
  readonly title?: string;
  readonly step?: string;
  readonly wait?: { readonly expected?: string; readonly longest?: string };
  readonly presentations?: readonly Presentation[];
  readonly operations?: readonly { readonly id: string }[];
  readonly from?: Named;
  readonly to?: Named;
  readonly channels?: readonly Place[];
  readonly fallback?: readonly Place[];
  readonly hours?: readonly string[];
  readonly carries?: readonly (Datum | string)[];
  readonly asks_again?: readonly Datum[];
  readonly data?: readonly { readonly key: string; readonly name: string; readonly title: string }[];
  readonly outcome?: string;
}

export interface Presentation {
  readonly id: string;
  readonly tiers: readonly string[];
  readonly form?: string;
}

/** A way on from where somebody is: the event that takes it, and what is said of it. */
export interface Way {
  readonly event: string;
  readonly when?: string;
  readonly step?: string;
  readonly trigger?: string;
  readonly errors: readonly Named[];
  /** What the state that it leads to says of itself. */
  readonly leadsTo: Meta | undefined;
}

interface State {
  readonly meta?: Meta;
  readonly states?: Readonly<Record<string, State>>;
  readonly on?: Readonly<Record<string, string | Transition | readonly Transition[]>>;
}

interface Transition {
  readonly target: string;
  readonly meta?: {
    readonly when?: string;
    readonly step?: string;
    readonly trigger?: string;
    readonly errors?: Way["errors"];
  };
}

/** A journey as somebody goes through it. */
export class Walk {
  readonly #flow: State;
  readonly #actor: Actor<AnyStateMachine>;

  constructor(flow: object, now: () => Date) {
    this.#flow = flow;
    const machine = createMachine(flow as Parameters<typeof createMachine>[0], {
      actions: {
        remember: assign(({ context, event }, params: unknown) => {
          const { known = {} } = event as Partial<FlowEvent>;
          // Without keys, it is whatever has a place in the context.
          const { keys } = (params ?? { keys: Object.keys(context) }) as { keys: readonly string[] };
          return Object.fromEntries(keys.map((key) => [key, known[key] ?? context[key] ?? null]));
        }),
      },
      guards: {
        isOpen: (_, params: unknown) => {
          const { openingHoursSpecification = [] } = params as { openingHoursSpecification?: readonly Opening[] };
          return openingHoursSpecification.length > 0 && isOpen(openingHoursSpecification, now());
        },
      },
    });
    this.#actor = createActor(machine as AnyStateMachine).start();
  }

  /** What the whole flow says of itself. */
  get about(): Meta {
    return this.#flow.meta as Meta;
  }

  /** What the innermost state that says something says. */
  get here(): Meta {
    return this.#states().findLast(({ state }) => state.meta !== undefined)?.state.meta as Meta;
  }

  /** The channels on which people help with this journey, wherever somebody is. */
  get people(): readonly Place[] {
    return Object.values(this.#flow.states ?? {}).find(({ meta }) => meta?.kind === "person")?.meta?.channels ?? [];
  }

  get known(): Known {
    return this.#actor.getSnapshot().context as Known;
  }

  /** Returns the ways on from here whose event begins with one of these, as `when.wants-advice` with `when`. */
  ways(...beginnings: string[]): Way[] {
    return this.#states().flatMap(({ state, path }) =>
      Object.entries(state.on ?? {})
        .filter(([event]) => beginnings.includes(event.split(".")[0] ?? event) && this.can(event))
        .map(([event, transitions]) => {
          const [first] =
            typeof transitions === "string" ? [{ target: transitions }] : ([transitions].flat() as Transition[]);
          const to = first && this.#stateAt(pathTo(first.target, path.slice(0, -1)));
          return { errors: [], ...first?.meta, event, leadsTo: to?.meta };
        }),
    );
  }

  can(event: string): boolean {
    return this.#actor.getSnapshot().can({ type: event, known: {} } as FlowEvent);
  }

  go(event: string, known: Known = {}): void {
    this.#actor.send({ type: event, known } as FlowEvent);
  }

  /** The states that somebody is in, from the outermost one. */
  #states(): { readonly state: State; readonly path: readonly string[] }[] {
    let value = this.#actor.getSnapshot().value as string | Record<string, unknown> | undefined;
    const path: string[] = [];
    while (value !== undefined) {
      const [name, inside]: [string, unknown] =
        typeof value === "string" ? [value, undefined] : (Object.entries(value)[0] ?? ["", undefined]);
      path.push(name);
      value = inside as typeof value;
    }
    return path.map((_, at) => ({ state: this.#stateAt(path.slice(0, at + 1)) ?? {}, path: path.slice(0, at + 1) }));
  }

  #stateAt(path: readonly string[]): State | undefined {
    return path.reduce<State | undefined>((state, name) => state?.states?.[name], this.#flow);
  }
}

/** Returns the path of a target, which is absolute or begins beside the state that names it. */
function pathTo(target: string, beside: readonly string[]): readonly string[] {
  const names = target.split(".");
  return target.startsWith("#") ? names.slice(1) : [...beside, ...names];
}

/**
 * Returns the way that the design foresees for a problem, if it does.
 *
 * Problems are told apart by the name that their type ends with: `urn:problem:shop.platform:SoldOut` is the error
 * `error:shop.platform.SoldOut`.
 */
export function wayAfter(problem: { readonly type: string }, ways: readonly Way[]): Way | undefined {
  const full = (text: string): string => text.replace(/^(error|urn:problem):/, "").replace(/[:/#]/g, ".");
  const type = full(problem.type);
  return ways.find(({ errors }) => errors.some(({ id }) => type === full(id) || type.endsWith(`.${full(id)}`)));
}

// Calls the platform by the `operationId` of its operations, through the generated client.
import { ApiPages, createClient } from "client";
import type { ApiResult, InvalidPart, Problem } from "client";
import type { Operation, Session } from "./design.ts";
import type { Known } from "./machine.ts";

/** How many items of a long list are offered. */
const MANY = 50;

type Call = (parameters: Values | Options, options?: Options) => unknown;
type Values = Readonly<Record<string, unknown>>;
type Options = { readonly idempotencyKey?: string; readonly limit?: number };

/** What an operation answered: a thing, or a list of things. */
export interface Answer {
  readonly operation: Operation;
  readonly value: unknown;
}

/** A problem, with what is wrong in the request where that is told. */
export interface Refusal extends Problem {
  readonly errors?: readonly InvalidPart[] | undefined;
}

export class Platform {
  readonly #registry: ReadonlyMap<string, Call>;
  /** The keys of what was sent and not answered: if it is sent again, it is the same intention. */
  readonly #intentions = new Map<string, string>();

  constructor(session: Session) {
    this.#registry = registry(createClient({ baseUrl: session.platform, token: () => session.token }));
  }

  /** Calls an operation; the promise is rejected where there was no answer. */
  async call(operation: Operation, values: Values): Promise<ApiResult<unknown, Refusal>> {
    const call = this.#registry.get(operation.operation_id);
    if (call === undefined) {
      throw new Error(`The client has no operation ${operation.operation_id}; was it built from the same design?`);
    }
    const intention = JSON.stringify([operation.id, values]);
    const idempotencyKey = this.#intentions.get(intention) ?? crypto.randomUUID();
    this.#intentions.set(intention, idempotencyKey);
    const options = operation.kind === "command" ? { idempotencyKey } : {};
    const asked = operation.parameters.length > 0 ? call(values, options) : call(options);
    const result = (await (asked instanceof ApiPages ? firstOf(asked) : asked)) as ApiResult<unknown, Refusal>;
    this.#intentions.delete(intention);
    return result;
  }
}

/** Returns the functions of a client by the `operationId` of what they call, as in `orders_openOrder`. */
function registry(client: object): ReadonlyMap<string, Call> {
  const found = new Map<string, Call>();
  for (const [name, service] of Object.entries(client) as [string, Record<string, unknown>][]) {
    for (const method of Object.getOwnPropertyNames(Object.getPrototypeOf(service))) {
      const call = service[method];
      if (method !== "constructor" && typeof call === "function") {
        // A name that means something else in TypeScript has `_` behind it.
        found.set(`${name}_${method}`.replace(/_$/, ""), call.bind(service) as Call);
      }
    }
  }
  return found;
}

async function firstOf(list: ApiPages<unknown, Problem>): Promise<ApiResult<unknown, Problem>> {
  const items: unknown[] = [];
  for await (const page of list.pages()) {
    if (!page.ok) {
      return page;
    }
    items.push(...page.value.items);
    if (items.length >= MANY) {
      break;
    }
  }
  return { ok: true, value: items };
}

/** Returns what a thing that is returned by an operation tells, by the ids of its fields. */
export function told(operation: Operation, thing: unknown): Known {
  const [returned] = operation.returns;
  if (returned === undefined || typeof thing !== "object" || thing === null || Array.isArray(thing)) {
    return {};
  }
  const owner = returned.id.replace(/^\w+:/, "field:");
  return Object.fromEntries(Object.entries(thing).map(([name, value]) => [`${owner}.${name}`, value]));
}

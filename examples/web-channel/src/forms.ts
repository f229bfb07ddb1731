// Forms from JSON Schema and a UI schema of JSON Forms, with the browser's own controls.
import type { Layout, Schema } from "./design.ts";
import { hintFor, inputType, isNumber, textFault } from "./questions.ts";
import type { Asked, Option } from "./questions.ts";
import { el } from "./dom.ts";

/** What is wrong with a control: where to go to mend it, and what to say there. */
export interface Fault {
  readonly id: string;
  readonly text: string;
}

/** A control, or a group of them. */
interface Control {
  readonly element: HTMLElement;
  /** Where the focus goes to mend what is wrong. */
  readonly id: string;
  /** Returns the value, or nothing where it is left open. */
  value(): Promise<unknown>;
  faults(): Fault[];
}

/** More options than these come as a list to open. */
const FEW = 8;

/** A form for the properties of a schema. */
export class FormView {
  readonly element: HTMLElement;
  readonly #controls: ReadonlyMap<string, Control>;

  constructor(
    schema: Schema,
    uischema: Layout,
    initial: Readonly<Record<string, unknown>>,
    options: Readonly<Record<string, readonly Option[]>>,
  ) {
    const layouts = new Map(controlsIn(uischema).map((layout) => [layout.scope?.split("/").at(-1) ?? "", layout]));
    const rank = (name: string): number => [...layouts.keys()].indexOf(name);
    const names = Object.keys(schema.properties ?? {}).sort((one, other) => rank(one) - rank(other));
    const controls = names.map((name): [string, Control] => {
      const property = resolved(schema.properties?.[name] ?? {}, schema);
      const layout = layouts.get(name);
      const asked = {
        id: `field-${name}`,
        label: layout?.label ?? property.title ?? name,
        schema: property,
        required: schema.required?.includes(name) ?? false,
        layout,
        initial: initial[name] ?? property.default,
        options: options[name],
      };
      return [name, controlFor(asked)];
    });
    this.#controls = new Map(controls);
    this.element = el("div", { class: "controls" }, ...controls.map(([, { element }]) => element));
  }

  get isEmpty(): boolean {
    return this.#controls.size === 0;
  }

  /** Returns the values of all properties that have one. */
  async values(): Promise<Record<string, unknown>> {
    return membersOf(this.#controls);
  }

  /** Says beside each control what is wrong with it, and returns all of that. */
  faults(): Fault[] {
    return [...this.#controls.values()].flatMap((control) => control.faults());
  }

  /** Returns the id of the control of a property. */
  idOf(name: string): string | undefined {
    return this.#controls.get(name)?.id;
  }
}

function controlsIn(layout: Layout): Layout[] {
  return layout.type === "Control" ? [layout] : (layout.elements ?? []).flatMap(controlsIn);
}

/** Returns a schema with what it refers to in its place, all the way down. */
export function resolved(schema: Schema, root: Schema): Schema {
  const { $ref, ...own } = schema;
  const name = $ref?.split("/").at(-1);
  const meant = name === undefined ? own : { ...root.$defs?.[name], ...own };
  const properties = Object.entries(meant.properties ?? {}).map(
    ([key, value]) => [key, resolved(value, root)] as const,
  );
  const items = meant.items && { items: resolved(meant.items, root) };
  return { ...meant, ...(properties.length > 0 && { properties: Object.fromEntries(properties) }), ...items };
}

async function membersOf(controls: ReadonlyMap<string, Control>): Promise<Record<string, unknown>> {
  const values = await Promise.all(
    [...controls].map(async ([name, control]) => [name, await control.value()] as const),
  );
  return Object.fromEntries(values.filter(([, value]) => value !== undefined));
}

function controlFor(asked: Asked): Control {
  const { schema, options } = asked;
  const choices = schema.oneOf?.map(({ const: value, title }) => ({
    value,
    label: title ?? String(value),
    details: [],
  }));
  const listed = schema.enum?.map((value) => ({ value, label: String(value), details: [] }));
  const offered = options ?? choices ?? listed;
  if (offered !== undefined) {
    return offered.length > FEW ? listControl(asked, offered) : radioControl(asked, offered);
  }
  switch (schema.type) {
    case "object":
      return groupControl(asked);
    case "boolean":
      return checkControl(asked);
    case "array":
      return linesControl(asked);
    default:
      return asked.layout?.options?.multi ? areaControl(asked) : inputControl(asked);
  }
}

/** Returns the parts around a control that name it, help with it and say what is wrong, and how they are tied to it. */
function around(asked: Asked) {
  const { id, label, schema, required } = asked;
  const hint = hintFor(schema);
  const fault = el("p", { class: "fault", id: `${id}-fault`, hidden: true });
  const help = hint === "" ? undefined : el("p", { class: "hint", id: `${id}-hint` }, hint);
  const optional = el("span", { class: "optional" }, " (optional)");
  const describe = (element: HTMLElement, text: string | undefined): Fault[] => {
    fault.hidden = text === undefined;
    fault.textContent = text ?? "";
    const ids = [help?.id, text === undefined ? undefined : fault.id].filter((one) => one !== undefined);
    const marked = element.matches("fieldset") ? element.querySelectorAll("input") : [element];
    marked.forEach((one) =>
      text === undefined ? one.removeAttribute("aria-invalid") : one.setAttribute("aria-invalid", "true"),
    );
    if (ids.length > 0) element.setAttribute("aria-describedby", ids.join(" "));
    else element.removeAttribute("aria-describedby");
    return text === undefined ? [] : [{ id: element.matches("fieldset") ? `${id}-0` : id, text }];
  };
  return { title: [label, required ? undefined : optional] as const, help, fault, describe };
}

function inputControl(asked: Asked): Control {
  const { id, schema, initial } = asked;
  const { title, help, fault, describe } = around(asked);
  const type = inputType(asked);
  const whole = schema.type === "integer" && type === "number";
  const input = el("input", {
    id,
    type,
    min: type === "number" ? schema.minimum : undefined,
    max: type === "number" ? schema.maximum : undefined,
    step: type === "number" ? (whole ? 1 : "any") : undefined,
    inputmode: type === "number" ? (whole ? "numeric" : "decimal") : undefined,
    class: type === "number" || (schema.maxLength ?? 99) <= 20 ? "short" : undefined,
    value: initial === undefined || initial === null ? undefined : String(initial),
    "aria-required": asked.required ? "true" : undefined,
  });
  describe(input, undefined);
  return {
    id,
    element: el("div", { class: "field" }, el("label", { for: id }, ...title), help, fault, input),
    value: async () => {
      const text = input.value.trim();
      if (text === "") return undefined;
      if (type === "file") return input.files?.[0] && base64(input.files[0]);
      if (type === "datetime-local") return new Date(text).toISOString();
      if (type === "time") return text.length === 5 ? `${text}:00` : text;
      return isNumber(schema) ? Number(text) : text;
    },
    faults: () => {
      const empty = asked.required && input.value === "" ? `${asked.label}: please choose a file` : undefined;
      return describe(input, type === "file" ? empty : textFault(asked, input));
    },
  };
}

async function base64(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}

function areaControl(asked: Asked): Control {
  const { id, initial } = asked;
  const { title, help, fault, describe } = around(asked);
  const area = el(
    "textarea",
    { id, rows: 5, "aria-required": asked.required ? "true" : undefined },
    String(initial ?? ""),
  );
  describe(area, undefined);
  return {
    id,
    element: el("div", { class: "field" }, el("label", { for: id }, ...title), help, fault, area),
    value: async () => area.value.trim() || undefined,
    faults: () => describe(area, textFault(asked, area)),
  };
}

/** A list of texts or numbers, each on a line of its own. */
function linesControl(asked: Asked): Control {
  const { id, schema } = asked;
  const { title, help, fault, describe } = around({ ...asked, schema: { description: "One on each line." } });
  const initial = Array.isArray(asked.initial) ? asked.initial.join("\n") : "";
  const area = el("textarea", { id, rows: 4 }, initial);
  const items = (): string[] =>
    area.value
      .split("\n")
      .map((line) => line.trim())
      .filter(Boolean);
  describe(area, undefined);
  return {
    id,
    element: el("div", { class: "field" }, el("label", { for: id }, ...title), help, fault, area),
    value: async () => {
      const found = items();
      if (found.length === 0 && !asked.required) return undefined;
      return isNumber(schema.items ?? {}) ? found.map(Number) : found;
    },
    faults: () =>
      describe(area, asked.required && items().length === 0 ? `${asked.label}: please fill this in` : undefined),
  };
}

function checkControl(asked: Asked): Control {
  const { id, initial } = asked;
  const { help, fault, describe } = around(asked);
  const input = el("input", { id, type: "checkbox", checked: initial === true });
  describe(input, undefined);
  return {
    id,
    element: el(
      "div",
      { class: "field check" },
      el("label", { for: id }, input, el("span", {}, asked.label)),
      help,
      fault,
    ),
    value: async () => input.checked,
    faults: () => [],
  };
}

/** Who sees all that can be chosen needs no example. */
function withoutExample(asked: Asked): Asked {
  return { ...asked, schema: { ...asked.schema, examples: [] } };
}

function radioControl(asked: Asked, options: readonly Option[]): Control {
  const { id, required, initial } = asked;
  const { title, help, fault, describe } = around(withoutExample(asked));
  const offered = required ? options : [...options, { value: undefined, label: "No preference", details: [] }];
  const inputs = offered.map(({ value }, at) =>
    el("input", {
      type: "radio",
      name: id,
      id: `${id}-${String(at)}`,
      value: at,
      checked: value === (initial ?? undefined) && (value !== undefined || !required),
    }),
  );
  const rows = offered.map(({ label, details }, at) =>
    el(
      "label",
      { for: `${id}-${String(at)}`, class: "choice" },
      inputs[at],
      el(
        "span",
        {},
        el("span", { class: "choice-label" }, label),
        ...details.map((text) => el("span", { class: "detail" }, text)),
      ),
    ),
  );
  const nothing = offered.length === 0 ? el("p", { class: "hint" }, "There is nothing to choose from.") : undefined;
  const group = el("fieldset", { id, class: "field" }, el("legend", {}, ...title), help, fault, nothing, ...rows);
  describe(group, undefined);
  const chosen = (): HTMLInputElement | undefined => inputs.find(({ checked }) => checked);
  return {
    id: `${id}-0`,
    element: group,
    value: async () => offered[Number(chosen()?.value ?? -1)]?.value,
    faults: () => describe(group, required && chosen() === undefined ? `${asked.label}: please choose one` : undefined),
  };
}

function listControl(asked: Asked, options: readonly Option[]): Control {
  const { id, required, initial } = asked;
  const { title, help, fault, describe } = around(withoutExample(asked));
  const rows = options.map(({ value, label, details }, at) =>
    el("option", { value: at, selected: value === initial }, [label, ...details].join(" · ")),
  );
  const select = el(
    "select",
    { id },
    el("option", { value: "" }, required ? "Please choose" : "No preference"),
    ...rows,
  );
  describe(select, undefined);
  return {
    id,
    element: el("div", { class: "field" }, el("label", { for: id }, ...title), help, fault, select),
    value: async () => (select.value === "" ? undefined : options[Number(select.value)]?.value),
    faults: () => describe(select, required && select.value === "" ? `${asked.label}: please choose one` : undefined),
  };
}

/** The parts of something structured, which are all left open where the whole may be. */
function groupControl(asked: Asked): Control {
  const { id, label, schema, required, initial } = asked;
  const given = (initial ?? {}) as Readonly<Record<string, unknown>>;
  const parts = new Map(
    Object.entries(schema.properties ?? {}).map(([name, part]): [string, Control] => [
      name,
      controlFor({
        id: `${id}-${name}`,
        label: part.title ?? name.charAt(0).toUpperCase() + name.slice(1),
        schema: part,
        required: required && (schema.required?.includes(name) ?? false),
        initial: given[name] ?? part.default,
      }),
    ]),
  );
  const rows = [...parts.values()].map(({ element }) => element);
  return {
    id: [...parts.values()][0]?.id ?? id,
    element: el("fieldset", { id, class: "field group" }, el("legend", {}, label), ...rows),
    value: async () => {
      const members = await membersOf(parts);
      return Object.keys(members).length > 0 || required ? members : undefined;
    },
    faults: () => [...parts.values()].flatMap((part) => part.faults()),
  };
}

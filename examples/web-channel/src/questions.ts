// What is asked as the value of a property, and what is wrong with a text that was entered for it.
import type { Layout, Schema } from "./design.ts";

/** Something that can be chosen as the value of a property. */
export interface Option {
  readonly value: unknown;
  readonly label: string;
  readonly details: readonly string[];
}

/** A property as it is asked. */
export interface Asked {
  readonly id: string;
  readonly label: string;
  readonly schema: Schema;
  readonly required: boolean;
  readonly layout?: Layout | undefined;
  readonly initial?: unknown;
  readonly options?: readonly Option[] | undefined;
}

/** Returns what helps to answer. */
export function hintFor(schema: Schema): string {
  const [example] = schema.examples ?? [];
  const range =
    schema.minimum !== undefined && schema.maximum !== undefined
      ? `From ${String(schema.minimum)} to ${String(schema.maximum)}.`
      : "";
  const sample = typeof example === "string" || typeof example === "number" ? `For example ${String(example)}.` : "";
  return [schema.description, range, sample].filter(Boolean).join(" ");
}

type TextBox = HTMLInputElement | HTMLTextAreaElement;

/** What is wrong with what stands in a text box, in words that help. */
export function textFault({ label, required, schema }: Asked, box: TextBox): string | undefined {
  const text = box.value.trim();
  if (box.validity.badInput) {
    return `${label}: this is not complete, or not what is asked for`;
  }
  if (text === "") {
    return required ? `${label}: please fill this in` : undefined;
  }
  if (schema.minLength !== undefined && [...text].length < schema.minLength) {
    return `${label}: at least ${String(schema.minLength)} characters`;
  }
  if (schema.maxLength !== undefined && [...text].length > schema.maxLength) {
    return `${label}: no more than ${String(schema.maxLength)} characters`;
  }
  const number = Number(text);
  const { minimum = -Infinity, maximum = Infinity } = schema;
  if (
    isNumber(schema) &&
    (number < minimum || number > maximum || (schema.type === "integer" && !Number.isInteger(number)))
  ) {
    const whole = schema.type === "integer" ? "a whole number" : "a number";
    return `${label}: ${whole} from ${String(minimum)} to ${String(maximum)}`.replace(
      /from -?Infinity to -?Infinity/,
      "please",
    );
  }
  if (box.validity.typeMismatch || !fits(schema, text)) {
    return `${label}: this does not have the form that is asked for`;
  }
  return undefined;
}

function fits(schema: Schema, text: string): boolean {
  return schema.pattern === undefined || new RegExp(schema.pattern, "u").test(text);
}

export function isNumber({ type }: Schema): boolean {
  return type === "integer" || type === "number";
}

/** Returns the type of the browser's input for a schema. */
export function inputType({ schema, layout }: Asked): string {
  const format = layout?.options?.format ?? schema.format;
  const types: Readonly<Record<string, string>> = {
    date: "date",
    time: "time",
    "date-time": "datetime-local",
    email: "email",
    uri: "url",
  };
  if (schema.contentEncoding === "base64") {
    return "file";
  }
  if (schema.pattern?.startsWith("^\\+")) {
    return "tel";
  }
  return types[format ?? ""] ?? (isNumber(schema) ? "number" : "text");
}

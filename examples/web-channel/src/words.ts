// How values and the things around them are said.
import type { Channel, Datum, Schema } from "./design.ts";
import { el } from "./dom.ts";

const KINDS: Readonly<Record<string, string>> = {
  app: "in an app",
  car: "in the car",
  chat: "in a chat",
  chatbot: "in a chat",
  email: "by e-mail",
  field: "where you are",
  ivr: "by telephone, with a voice that answers",
  kiosk: "at a machine",
  mail: "by letter",
  mobile: "in the app",
  phone: "by telephone, with a person",
  push: "by message",
  sms: "by text message",
  social: "on a social network",
  store: "in person",
  tv: "on television",
  web: "in the browser",
};

/** How numbers and days are written: as the browser's owner likes it in the language of the channel. */
export function localeOf({ languages: [language = "en"] }: Channel): string {
  return navigator.languages.find((one) => one.split("-")[0] === language.split("-")[0]) ?? language;
}

/** Says what kind of channel it is. */
export function kindInWords(kind: string): string {
  return KINDS[kind] ?? kind.replaceAll("_", " ");
}

/** Says a field out of its context: `Prescription.id` is “Prescription id”, `RefillOrder.code` is “Refill order code”. */
export function nameOf({ name, title }: Pick<Datum, "name" | "title">): string {
  const owner = name.split(".").slice(0, -1).join(" ");
  const words = owner.replace(/([a-z0-9])([A-Z])/g, "$1 $2").toLowerCase();
  return capital(`${words} ${title.toLowerCase()}`.trim());
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Says a duration such as `PT2H30M`. */
export function durationInWords(duration: string): string {
  const [, weeks, days, hours, minutes, seconds] =
    /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?)?$/.exec(duration) ?? [];
  const parts = Object.entries({ week: weeks, day: days, hour: hours, minute: minutes, second: seconds });
  const said = parts.flatMap(([unit, count]) => (count ? [`${count} ${unit}${Number(count) === 1 ? "" : "s"}`] : []));
  return said.join(" ") || duration;
}

/** Returns how long something takes as a design says it, in a sentence. */
export function waitInWords({ expected, longest }: { expected?: string; longest?: string }): string {
  const usual = expected ? `This usually takes ${durationInWords(expected)}` : "";
  const most = longest && longest !== expected ? `${durationInWords(longest)} at most` : "";
  return [usual || (most && "This takes"), most].filter(Boolean).join(usual ? ", " : " ") + ".";
}

/** Says a value in one line; what has no such form is left to `shown`. */
export function inWords(value: unknown, schema: Schema, language: string): string {
  if (value === undefined || value === null || value === "") {
    return "–";
  }
  const choice = schema.oneOf?.find((one) => one.const === value);
  if (choice !== undefined) {
    return choice.title ?? String(value);
  }
  if (typeof value === "boolean") {
    return value ? "Yes" : "No";
  }
  if (typeof value === "number") {
    return value.toLocaleString(language);
  }
  if (typeof value === "string") {
    return textInWords(value, schema, language);
  }
  if (Array.isArray(value)) {
    return value.map((item) => inWords(item, schema.items ?? {}, language)).join(", ") || "–";
  }
  return thingInWords(value, schema, language);
}

function textInWords(value: string, schema: Schema, language: string): string {
  switch (schema.format) {
    case "date-time":
      return new Date(value).toLocaleString(language, { dateStyle: "full", timeStyle: "short" });
    case "date":
      return new Date(`${value}T00:00`).toLocaleDateString(language, { dateStyle: "long" });
    case "duration":
      return durationInWords(value);
    default:
      return schema.pattern?.startsWith("^([01]\\d|2[0-3]):") ? value.slice(0, 5) : value;
  }
}

function thingInWords(value: object, schema: Schema, language: string): string {
  const members = value as Readonly<Record<string, unknown>>;
  if (typeof members["currency"] === "string" && typeof members["amount"] === "string") {
    const style = { style: "currency", currency: members["currency"] } as const;
    return Number(members["amount"]).toLocaleString(language, style);
  }
  const texts = Object.entries(members);
  const inLanguage = members[language];
  if (schema.properties === undefined && typeof inLanguage === "string") {
    return inLanguage;
  }
  return texts.map(([name, one]) => inWords(one, schema.properties?.[name] ?? {}, language)).join(", ") || "–";
}

/** Returns a value to be shown: an address as a link, lists of things as lists, all else in words. */
export function shown(value: unknown, schema: Schema, language: string): Node | string {
  if (typeof value === "string" && /^https?:\/\//.test(value)) {
    return el("a", { href: value }, value.replace(/^https?:\/\//, ""));
  }
  if (typeof value === "string" && schema.contentEncoding === "base64") {
    return "A file";
  }
  if (Array.isArray(value) && value.some((item) => typeof item === "object" && item !== null)) {
    return el("ul", {}, ...value.map((item) => el("li", {}, inWords(item, schema.items ?? {}, language))));
  }
  return inWords(value, schema, language);
}

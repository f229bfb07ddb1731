// When a door is open, and how its hours are said.
import type { Opening } from "./design.ts";

const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const SHORT = new Map(DAYS.map((day) => [day.slice(0, 2), day]));

/** Whether it is open at a moment, by hours as schema.org has them; without any, always. */
export function isOpen(openings: readonly Opening[], now: Date): boolean {
  if (openings.length === 0) {
    return true;
  }
  const today = DAYS[now.getDay()] ?? "";
  const yesterday = DAYS[(now.getDay() + 6) % 7] ?? "";
  const time = `${String(now.getHours()).padStart(2, "0")}:${String(now.getMinutes()).padStart(2, "0")}`;
  const on = (opening: Opening, day: string): boolean => opening.dayOfWeek?.some((one) => one.endsWith(day)) ?? true;
  return openings.some((opening) => {
    const { opens, closes } = opening;
    if (opens < closes) {
      return on(opening, today) && opens <= time && time < closes;
    }
    // Open over midnight: the hours belong to the day on which they begin.
    return (on(opening, today) && opens <= time) || (on(opening, yesterday) && time < closes);
  });
}

/** Says hours such as `Mo-Fr 08:00-20:00; Sa 09:00-18:00` in words. */
export function hoursInWords(hours: readonly string[]): string[] {
  return hours
    .flatMap((text) => text.split(";"))
    .map((rule) => rule.trim())
    .map((rule) => {
      if (rule === "Mo-Su 00:00-24:00" || rule === "24/7") {
        return "Day and night, every day";
      }
      const days = rule
        .replace(/^Mo-Su /, "Every day ")
        .replace(/\b(Mo|Tu|We|Th|Fr|Sa|Su)\b/g, (day) => SHORT.get(day) ?? day);
      return days.replace(/(\w)-(\w)/g, "$1–$2").replace(/,(?=\S)/g, ", ");
    });
}

/** Whether it is open at a moment, by hours as the design writes them; nothing where they say more than days and times. */
export function isOpenByWords(hours: readonly string[], now: Date): boolean | undefined {
  const rules = hours.flatMap((text) => text.split(";")).map((rule) => openingsOf(rule.trim()));
  if (rules.length === 0 || rules.includes(undefined)) {
    return undefined;
  }
  return isOpen(
    rules.flatMap((rule) => rule ?? []),
    now,
  );
}

function openingsOf(rule: string): Opening[] | undefined {
  const [, days, times] = /^((?:[A-Z][a-z][-,]?)+) ((?:\d\d:\d\d-\d\d:\d\d,?)+)$/.exec(rule) ?? [];
  if (days === undefined || times === undefined) {
    return undefined;
  }
  const at = (short: string): number => DAYS.findIndex((day) => day.startsWith(short));
  const dayOfWeek = days.split(",").flatMap((range) => {
    const [first = "", last = first] = range.split("-");
    const count = ((at(last) - at(first) + 7) % 7) + 1;
    return Array.from({ length: count }, (_, offset) => DAYS[(at(first) + offset) % 7] ?? "");
  });
  return times.split(",").map((range) => {
    const [opens = "", closes = ""] = range.split("-");
    return { dayOfWeek, opens, closes };
  });
}

// Asks flagd's own evaluation for flags: `node flags.cjs` reads a JSON list of {flags: TEXT, asked: [{key, context}]} from
// standard input, TEXT being a file of flags, and prints, for each, the list of values. What flagd refuses or warns of ends
// it with an error.
const fs = require("node:fs");
const { FlagdCore } = require("@openfeature/flagd-core");

const refuse = (...words) => {
  throw new Error(words.join(" "));
};
const logger = { error: refuse, warn: refuse, info: () => {}, debug: () => {} };

const told = JSON.parse(fs.readFileSync(0, "utf8")).map(({ flags, asked }) => {
  const core = new FlagdCore(undefined, logger);
  core.setConfigurations(flags);
  const variants = JSON.parse(flags).flags;
  return asked.map(({ key, context }) => {
    const isText = typeof Object.values(variants[key].variants)[0] === "string";
    const found = isText
      ? core.resolveStringEvaluation(key, "?", context, logger)
      : core.resolveBooleanEvaluation(key, false, context, logger);
    if (found.errorCode) refuse(key, found.errorCode, found.errorMessage);
    return found.value;
  });
});
console.log(JSON.stringify(told));

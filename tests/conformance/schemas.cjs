// Prints what Ajv, in strict mode and told of nothing but the standard formats, finds wrong with all JSON Schemas of each
// folder, and with the examples in them: `node schemas.cjs [--extensions] FOLDER...` prints a JSON list of texts. With
// `--extensions` it is told of the keywords of cxc too, as it must be for schemas that have them.
const fs = require("node:fs");
const path = require("node:path");
const Ajv2020 = require("ajv/dist/2020");
const addFormats = require("ajv-formats");

const EXTENSIONS = ["enumDescriptions", "cxc-trace", "cxc-personal", "cxc-field", "cxc-since", "cxc-pattern"];
EXTENSIONS.push("cxc-minimum", "cxc-maximum");

const withExtensions = process.argv.includes("--extensions");
const findings = [];

function filesIn(folder) {
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const found = path.join(folder, entry.name);
    return entry.isDirectory() ? filesIn(found) : found.endsWith(".json") ? [found] : [];
  });
}

// Each schema with examples, and the pointer to it.
function* withExamples(schema, pointer = "") {
  if (Array.isArray(schema.examples)) yield [pointer, schema.examples];
  for (const [word, inside] of Object.entries(schema)) {
    const schemas = word === "properties" || word === "$defs" ? Object.entries(inside) : [];
    for (const [name, one] of schemas) yield* withExamples(one, `${pointer}/${word}/${name}`);
  }
}

for (const folder of process.argv.slice(2).filter((word) => !word.startsWith("--"))) {
  const note = (text) => findings.push(`${folder}: ${text}`);
  const ajv = new Ajv2020({
    strict: true,
    allErrors: true,
    // Else a value that is missing is taken for what every object has by that name: `constructor`.
    ownProperties: true,
    // A warning is a finding too.
    logger: { log: note, warn: note, error: note },
  });
  addFormats(ajv);
  if (withExtensions) ajv.addVocabulary(EXTENSIONS.map((name) => `x-${name}`));
  const schemas = filesIn(folder).map((file) => [file, JSON.parse(fs.readFileSync(file, "utf8"))]);
  try {
    for (const [, schema] of schemas) ajv.addSchema(schema);
  } catch (error) {
    findings.push(`${folder}: ${error.message}`);
  }
  for (const [file, schema] of schemas) {
    try {
      for (const [pointer, examples] of withExamples(schema)) {
        const validate = ajv.getSchema(`${schema.$id}${pointer && "#"}${pointer}`);
        for (const example of examples)
          if (!validate(example)) findings.push(`${file}${pointer}: ${ajv.errorsText(validate.errors)}`);
      }
      if (!ajv.getSchema(schema.$id)) findings.push(`${file}: is not found by its $id`);
    } catch (error) {
      findings.push(`${file}: ${error.message}`);
    }
  }
}

console.log(JSON.stringify(findings));

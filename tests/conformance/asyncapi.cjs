// Prints all that AsyncAPI's own parser has to say on documents, hints included: `node asyncapi.cjs FILE...` prints a JSON
// list of texts.
const fs = require("node:fs");
const { Parser } = require("@asyncapi/parser");

const SEVERITIES = ["error", "warning", "information", "hint"];

async function main() {
  const parser = new Parser();
  const findings = [];
  for (const file of process.argv.slice(2)) {
    const { document, diagnostics } = await parser.parse(fs.readFileSync(file, "utf8"), { source: file });
    for (const found of diagnostics)
      findings.push(`${file}: ${SEVERITIES[found.severity]} ${found.code} at ${found.path.join("/")}: ${found.message}`);
    if (!document && !diagnostics.length) findings.push(`${file}: gives no document`);
  }
  console.log(JSON.stringify(findings));
}

main();

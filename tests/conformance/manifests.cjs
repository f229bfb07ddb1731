// Prints what is wrong with web manifests: `node manifests.cjs FILE...` prints a JSON list of texts. One judge knows
// what values may be, but is older than some members of the standard; the other, the types that TypeScript has of the
// standard, knows all its members. Members whose names begin with `cxc_` are our own, which the standard allows.
const fs = require("node:fs");
const path = require("node:path");
const ts = require("typescript");
const validate = require("web-app-manifest-validator");

const NEWER = ["id", "shortcuts", "categories"];

function typed(manifests) {
  const name = path.join(__dirname, "manifests.ts");
  const lines = manifests.map((manifest) => `(${JSON.stringify(manifest)}) satisfies WebAppManifest;`);
  const text = ['import type { WebAppManifest } from "web-app-manifest";', ...lines].join("\n");
  const options = { strict: true, noEmit: true, skipLibCheck: true, types: [], module: ts.ModuleKind.ESNext };
  options.moduleResolution = ts.ModuleResolutionKind.Bundler;
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  host.getSourceFile = (file, ...rest) =>
    file === name ? ts.createSourceFile(file, text, ...rest) : getSourceFile(file, ...rest);
  host.fileExists = (file) => file === name || fileExists(file);
  host.readFile = (file) => (file === name ? text : readFile(file));
  const program = ts.createProgram([name], options, host);
  return ts.getPreEmitDiagnostics(program).map((found) => {
    const said = ts.flattenDiagnosticMessageText(found.messageText, " ");
    // The first line imports the types.
    return [found.file ? found.file.getLineAndCharacterOfPosition(found.start).line - 1 : -1, said];
  });
}

const files = process.argv.slice(2);
const manifests = files.map((file) => {
  const members = Object.entries(JSON.parse(fs.readFileSync(file, "utf8")));
  return Object.fromEntries(members.filter(([member]) => !member.startsWith("cxc_")));
});
const findings = typed(manifests).map(([at, said]) => `${files[at] ?? "types"}: ${said}`);
manifests.forEach((manifest, at) => {
  const older = Object.fromEntries(Object.entries(manifest).filter(([member]) => !NEWER.includes(member)));
  findings.push(...validate(older).map((said) => `${files[at]}: ${said}`));
  if (!manifest.name && !manifest.short_name) findings.push(`${files[at]}: has no name`);
});

process.stdout.write(JSON.stringify(findings));

// Prints what Ajv (strict, with nothing but the standard formats) and JSON Forms find wrong with forms of channels:
// `node forms.cjs FILE...` prints a JSON list of texts. A layout is sound where JSON Forms finds for each control the
// schema it is about, knows what sort of control it is, and reads and writes its value.
const fs = require("node:fs");
const Ajv2020 = require("ajv/dist/2020");
const addFormats = require("ajv-formats");
const core = require("@jsonforms/core");

const findings = [];

// What JSON Forms itself has a tester for; one of them must know a control.
const TESTERS = Object.entries(core)
  .filter(([name]) => /^is\w+Control$/.test(name) && name !== "isControl")
  .map(([name, tester]) => [name.slice(2, -7), tester]);

function* controlsIn(uischema) {
  if (uischema.type === "Control") yield uischema;
  for (const inside of uischema.elements ?? []) yield* controlsIn(inside);
}

function judge(form, note) {
  const { schema, uischema } = form;
  const ajv = new Ajv2020({
    strict: true,
    allErrors: true,
    ownProperties: true,
    logger: { log: note, warn: note, error: note },
  });
  addFormats(ajv);
  ajv.compile(schema);
  for (const [name, property] of Object.entries(schema.properties)) {
    const check = ajv.compile({ ...property, $defs: schema.$defs ?? {} });
    for (const value of [...(property.examples ?? []), ...("default" in property ? [property.default] : [])])
      if (!check(value)) note(`${name}: ${JSON.stringify(value)}: ${ajv.errorsText(check.errors)}`);
  }

  const context = { rootSchema: schema, config: {} };
  const controls = [...controlsIn(uischema)];
  if (controls.length !== Object.keys(schema.properties).length) note("not every property has a control");
  if (!["VerticalLayout", "HorizontalLayout", "Group"].includes(uischema.type)) note(`no layout: ${uischema.type}`);
  let state = core.coreReducer(undefined, core.init({}, schema, uischema, { ajv }));
  for (const control of controls) {
    const found = core.Resolve.schema(schema, control.scope, schema);
    if (!found) {
      note(`${control.scope} leads to no schema`);
      continue;
    }
    const resolved = found.$ref ? core.Resolve.schema(schema, found.$ref, schema) : found;
    const sorts = TESTERS.filter(([, tester]) => tester(control, schema, context)).map(([sort]) => sort);
    const isInside =
      resolved && (resolved.type === "object" || resolved.type === "array" || resolved.additionalProperties);
    if (!sorts.length && !isInside && !core.isOneOfEnumSchema(resolved))
      note(`${control.scope} is no control that JSON Forms knows`);
    const path = core.toDataPath(control.scope);
    state = core.coreReducer(
      state,
      core.update(path, () => "x"),
    );
    if (!Object.hasOwn(state.data, path) || state.data[path] !== "x") note(`${control.scope} cannot be written`);
    if (core.Resolve.data(state.data, path) !== "x") note(`${control.scope} cannot be read again`);
  }
}

for (const file of process.argv.slice(2)) {
  const { forms } = JSON.parse(fs.readFileSync(file, "utf8"));
  if (!forms.length) findings.push(`${file}: has no form`);
  forms.forEach((form, at) => {
    const note = (text) => findings.push(`${file}: form ${at}: ${text}`);
    try {
      judge(form, note);
    } catch (error) {
      note(error.message);
    }
  });
}

process.stdout.write(JSON.stringify(findings));

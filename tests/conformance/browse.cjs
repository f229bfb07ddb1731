// Opens a page in Chromium and does what it is told: node browse.cjs CHROMIUM < {"page": FILE, "steps": [{VERB: VALUE}…]}
// Prints what the verbs `value` and `axe` gave, in order, and what the page said was wrong, as one JSON document.
const { readFileSync } = require("node:fs");
const { mkdtempSync, rmSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");
const { pathToFileURL } = require("node:url");
const { chromium } = require("playwright-core");

// Nothing but the page is asked for: a browser that looks for updates would wait for a network in vain.
const ALONE = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];

const VERBS = {
  viewport: (page, [width, height]) => page.setViewportSize({ width, height }),
  media: (page, media) => page.emulateMedia(media),
  hash: (page, hash) => page.evaluate((to) => { location.hash = to; }, hash),
  reload: (page) => page.reload(),
  click: (page, selector) => page.click(selector),
  fill: (page, [selector, text]) => page.fill(selector, text),
  select: (page, [selector, label]) => page.selectOption(selector, { label }),
  focus: (page, selector) => page.focus(selector),
  press: (page, key) => page.keyboard.press(key),
  value: (page, expression) => page.evaluate(expression),
  screenshot: async (page, path) => { await page.screenshot({ path }); },
  pdf: async (page, path) => { await page.pdf({ path, preferCSSPageSize: true, printBackground: true }); },
  axe: async (page) => {
    // The page lets no script in, so axe comes by the way of the browser's own tools.
    if (!(await page.evaluate("typeof axe !== 'undefined'"))) await page.evaluate(readFileSync(require.resolve("axe-core"), "utf8"));
    const { violations } = await page.evaluate(async () => axe.run(document, { resultTypes: ["violations"] }));
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(" ")}: ${node.failureSummary}`));
  },
};

(async () => {
  const { page: file, steps } = JSON.parse(readFileSync(0, "utf8"));
  const profile = mkdtempSync(join(tmpdir(), "cxc-browser-"));
  const context = await chromium.launchPersistentContext(profile, { executablePath: process.argv[2], args: ALONE });
  try {
    const page = await context.newPage();
    const errors = [];
    const values = [];
    page.on("pageerror", (error) => errors.push(String(error)));
    page.on("console", (message) => { if (["error", "warning"].includes(message.type())) errors.push(message.text()); });
    page.on("request", (request) => { if (!request.url().startsWith("file:")) errors.push(`asks for ${request.url()}`); });
    await page.goto(pathToFileURL(file).href);
    for (const step of steps) {
      for (const [verb, value] of Object.entries(step)) {
        const given = await VERBS[verb](page, value);
        if (verb === "value" || verb === "axe") values.push(given ?? null);
      }
    }
    process.stdout.write(JSON.stringify({ values, errors }));
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  }
})().catch((error) => {
  console.error(error);
  process.exit(1);
});

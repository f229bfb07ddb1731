// Opens a page in Chromium and does what it is told: node browse.cjs CHROMIUM < {"page": FILE, "steps": [{VERB: VALUE}…]}
// Prints what the verbs `value` and `axe` gave, in order, and what the page said was wrong, as one JSON document. The page
// may be an address too; it then asks its own server, and those whose addresses stand in `servers`, for what it likes, and
// problems that they answer with are no errors of the page.
const { readFileSync } = require("node:fs");
const { mkdtempSync, rmSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");
const { setTimeout } = require("node:timers/promises");
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
  type: (page, text) => page.keyboard.type(text),
  tab: async (page, selector) => {
    // As people get there who have no mouse.
    for (let left = 60; left > 0; left -= 1) {
      await page.keyboard.press("Tab");
      if (await page.evaluate((to) => document.activeElement.matches(to), selector)) return;
    }
    throw new Error(`the keyboard does not get to ${selector}`);
  },
  until: async (page, expression) => {
    // By the way of the browser's own tools, since a page may let no text be run as script.
    for (const end = Date.now() + 15_000; Date.now() < end; await setTimeout(50)) {
      if (await page.evaluate(expression).catch(() => false)) return;
    }
    throw new Error("that never came");
  },
  open: (page, address) => page.goto(address),
  fetch: (page, [address, init]) => fetch(address, init).then(async (answer) => {
    if (!answer.ok) throw new Error(`${address}: ${answer.status} ${await answer.text()}`);
  }),
  serve: (page, [pattern, json]) => page.route(pattern, (route) => route.fulfill({ json })),
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
  const { page: file, steps, servers = [] } = JSON.parse(readFileSync(0, "utf8"));
  const profile = mkdtempSync(join(tmpdir(), "cxc-browser-"));
  const context = await chromium.launchPersistentContext(profile, { executablePath: process.argv[2], args: ALONE });
  try {
    const page = await context.newPage();
    const errors = [];
    const values = [];
    page.on("pageerror", (error) => errors.push(String(error)));
    const address = /^https?:/.test(file) ? file : pathToFileURL(file).href;
    const known = address.startsWith("file:") ? ["file:"] : [new URL(address).origin, ...servers, "data:"];
    page.on("console", (message) => {
      const answered = servers.some((server) => message.location().url.startsWith(server));
      if (["error", "warning"].includes(message.type()) && !answered) errors.push(message.text());
    });
    page.on("request", (request) => {
      if (!known.some((one) => request.url().startsWith(one))) errors.push(`asks for ${request.url()}`);
    });
    await page.goto(address);
    for (const step of steps) {
      for (const [verb, value] of Object.entries(step)) {
        const given = await VERBS[verb](page, value).catch(async (error) => {
          const text = await page.innerText("body").catch(() => "");
          throw new Error(`${JSON.stringify(step)}: ${error.message}\n${text}`, { cause: error });
        });
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

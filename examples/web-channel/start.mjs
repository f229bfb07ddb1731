// Builds the design and the page, starts the mock platform, and serves the page:
//   node start.mjs [DESIGN] [--channel NAME] [--port N] [--out FOLDER]
// What it serves besides the page and the generated files of the channel is `session.json`: who the customer is, as a
// log-in would tell. It asks the mock for that.
import { spawn } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, resolve, sep } from "node:path";
import { parseArgs } from "node:util";
import { CXC, HERE, PHARMACY, made } from "./build.mjs";

const TYPES = {
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".json": "application/json",
  ".map": "application/json",
  ".webmanifest": "application/manifest+json",
};
const HEADERS = {
  "Cache-Control": "no-store",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
};

/** Starts the mock of a design on a free port, and returns where it is. */
function mocked(design) {
  const mock = spawn(CXC, ["mock", design, "--port", "0"], { stdio: ["ignore", "pipe", "pipe"] });
  process.on("exit", () => mock.kill("SIGINT"));
  return new Promise((found, failed) => {
    let said = "";
    const hear = (chunk) => {
      process.stderr.write(chunk);
      if (said === undefined) return;
      said += chunk;
      const address = /(http:\/\/\S+)\/_mock\/ tells/.exec(said)?.[1];
      if (address === undefined) return;
      said = undefined;
      found(address);
    };
    mock.stdout.on("data", hear);
    mock.stderr.on("data", hear);
    mock.on("error", failed);
    mock.on("exit", (code) => failed(new Error(`cxc mock ended (${code})`)));
  });
}

/** Returns who the customer is: a token of the mock, and the key that stands in it. */
async function session(platform) {
  const about = await (await fetch(`${platform}/_mock/`, { headers: { Accept: "application/json" } })).json();
  const id = about.token.split(":")[1];
  const known = {};
  if (about.customer) {
    const things = await (await fetch(`${platform}/_mock/data/${about.customer}`)).json();
    const keys = things.flatMap((thing) => Object.entries(thing).filter(([, value]) => value === id));
    for (const [name] of keys) known[`${about.customer}.${name}`] = id;
  }
  return { platform, token: about.token, known };
}

/** Returns the folder of a channel: the one of that name, else the first one of kind `web`. */
function channelIn(folder, name) {
  const channels = readdirSync(folder).map((one) =>
    JSON.parse(readFileSync(join(folder, one, "channel.json"), "utf8")),
  );
  const found = channels.find((one) => (name ? one.name === name : one.kind === "web"));
  if (found === undefined) throw new Error(name ? `There is no channel ${name}` : "There is no channel of kind web");
  return join(folder, found.name);
}

/** Serves the page at the address of each route, and the files of the channel below /design/. */
function served({ page, channel, session: customer }) {
  const routes = JSON.parse(readFileSync(join(channel, "routes.json"), "utf8")).routes;
  const screens = new Set(["/", ...routes.map(({ path }) => path)]);
  const fileFor = (path) => {
    if (screens.has(path)) return join(page, "index.html");
    const [folder, name] = path.startsWith("/design/")
      ? [channel, path.slice("/design/".length)]
      : [page, path.slice(1)];
    const file = resolve(folder, name);
    return file.startsWith(folder + sep) ? file : undefined;
  };
  const policy = `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; manifest-src 'self'; connect-src 'self' ${customer.platform}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
  return createServer(async (request, response) => {
    const send = (status, type, content) => {
      response.writeHead(status, {
        ...HEADERS,
        "Content-Security-Policy": policy,
        "Content-Type": `${type}; charset=utf-8`,
      });
      response.end(content);
    };
    try {
      const path = decodeURIComponent(new URL(request.url, "http://page").pathname);
      if (path === "/session.json") return send(200, TYPES[".json"], JSON.stringify(customer));
      const file = fileFor(path);
      if (file === undefined || !existsSync(file)) return send(404, "text/plain", "There is nothing here.");
      return send(200, TYPES[extname(file)] ?? "application/octet-stream", await readFile(file));
    } catch {
      return send(400, "text/plain", "This is no address.");
    }
  });
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    channel: { type: "string" },
    port: { type: "string", default: "8080" },
    out: { type: "string", default: HERE },
  },
});
const design = resolve(positionals[0] ?? PHARMACY);
const out = resolve(values.out);
await made(design, out);
const channel = channelIn(join(out, "generated/channels"), values.channel);
const customer = await session(await mocked(design));
const server = served({ page: join(out, "dist"), channel, session: customer });
server.listen(Number(values.port), "127.0.0.1", () => {
  console.log(
    `The channel is at http://127.0.0.1:${server.address().port}/ and the platform at ${customer.platform}; Ctrl-C ends both.`,
  );
});
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(0));

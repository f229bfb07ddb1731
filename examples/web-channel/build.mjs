// Builds the design and the page: node build.mjs [DESIGN] [--out FOLDER]
import { spawnSync } from "node:child_process";
import { cpSync, existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build } from "esbuild";

export const HERE = fileURLToPath(new URL(".", import.meta.url));
const OWN_CXC = join(HERE, "../../.venv/bin/cxc");

/** The command of cxc: named by `CXC`, that of this repository, or whichever is found. */
export const CXC = process.env.CXC ?? (existsSync(OWN_CXC) ? OWN_CXC : "cxc");
export const PHARMACY = join(HERE, "../../blueprints/pharmacy");

/** Has cxc generate what the page reads and calls, and bundles the page with the client, into `out`. */
export async function made(design, out) {
  const targets = ["--target", "channels", "--target", "typescript"];
  const command = ["build", design, "--out", join(out, "generated"), ...targets];
  const { status, error } = spawnSync(CXC, command, { stdio: ["ignore", "ignore", "inherit"] });
  if (error?.code === "ENOENT") console.error(`${CXC} was not found; the variable CXC may name the command of cxc`);
  // What is wrong with the design, cxc has said itself.
  if (status !== 0) process.exit(1);
  await build({
    entryPoints: [join(HERE, "src/main.ts")],
    outfile: join(out, "dist/app.js"),
    alias: { client: join(out, "generated/typescript/src/index.ts") },
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2023",
    sourcemap: true,
    logLevel: "warning",
  });
  cpSync(join(HERE, "page"), join(out, "dist"), { recursive: true });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { out: { type: "string", default: HERE } },
  });
  await made(resolve(positionals[0] ?? PHARMACY), resolve(values.out));
}

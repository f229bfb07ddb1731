// Reads one Mermaid diagram a file and prints what Mermaid understood of each, as JSON: nodes, edges, or its error.
// Mermaid wants a browser to draw and to clean HTML; to parse, a document that can do nothing is enough.
const { readFileSync } = require("node:fs");
const { runInThisContext } = require("node:vm");

globalThis.window = globalThis;
globalThis.self = globalThis;
globalThis.Element = class {};
globalThis.addEventListener = () => {};
globalThis.document = {
  nodeType: 9,
  readyState: "loading",
  implementation: {},
  createElement: () => new Element(),
  addEventListener() {},
  querySelectorAll: () => [],
};
runInThisContext(readFileSync(require.resolve("@mermaid-js/tiny"), "utf8"));

// Mermaid keeps `#N;` in a form of its own until it draws.
const text = (kept) => (kept ?? "").replace(/ﬂ°°(\d+)¶ß/g, (_, code) => String.fromCodePoint(Number(code)));

async function understood(file) {
  const source = readFileSync(file, "utf8");
  try {
    const { diagramType } = await mermaid.parse(source);
    const { db } = await mermaid.mermaidAPI.getDiagramFromText(source);
    return {
      type: diagramType,
      nodes: Object.fromEntries([...db.getVertices().values()].map(({ id, text: kept }) => [id, text(kept)])),
      edges: db.getEdges().map(({ start, text: kept, end }) => [start, text(kept), end]),
      subgraphs: db.getSubGraphs().length,
    };
  } catch (error) {
    return { error: String(error.message) };
  }
}

Promise.all(process.argv.slice(2).map(understood)).then((found) => console.log(JSON.stringify(found)));

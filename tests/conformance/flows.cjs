// Runs flows with XState and tells how: `node flows.cjs FILE...` prints a JSON list with an object for each file:
//   problems     what XState refuses or warns of, in words
//   unreachable  the states that no sequence of events leads to
//   nodes        the states by their paths, with their `meta`
//   edges        what each event does in each state: [state, event, next state, actions]; the event `E!` is E while
//                the channel is closed
//   end          the shortest sequence of events by which customers come to the end, without people who take over and
//                without a channel that closes; null where there is none
// What is told is what XState did, not what the file says: each event is sent in each state.
const fs = require("node:fs");
const { createMachine, getInitialSnapshot, getNextSnapshot } = require("xstate");
const { getAdjacencyMap, getShortestPaths } = require("xstate/graph");

function* nodesIn(node) {
  yield node;
  for (const inside of Object.values(node.states)) yield* nodesIn(inside);
}

const nameOf = (node) => node.path.join(".");
const stateOf = (snapshot) =>
  snapshot._nodes
    .filter((node) => !Object.keys(node.states).length)
    .map(nameOf)
    .join("+");

const ASIDE = [
  ["person.wanted", "person.done"],
  ["channel.closed", "channel.opened"],
];

// Whoever helps a customer, or waits until the channel opens, has them back where they were.
function* lost(machine, state) {
  for (const [away, back] of ASIDE) {
    if (!stateOf(state).startsWith("open.") || !state.can({ type: away })) continue;
    const again = getNextSnapshot(machine, getNextSnapshot(machine, state, { type: away }), { type: back });
    if (stateOf(again) !== stateOf(state)) yield `after ${back}, ${stateOf(state)} has become ${stateOf(again)}`;
  }
}

function told(file) {
  const problems = [];
  for (const level of ["warn", "error"]) console[level] = (...words) => problems.push(words.join(" "));
  try {
    const machine = createMachine(JSON.parse(fs.readFileSync(file, "utf8")), {
      guards: { isOpen: ({ event }, { openingHoursSpecification }) => openingHoursSpecification.length && event.open },
      actions: { remember: () => {} },
    });
    const types = machine.events.filter((type) => !type.startsWith("xstate."));
    const events = types.flatMap((type) => [true, false].map((open) => ({ type, open })));
    const reached = getAdjacencyMap(machine, { events, limit: 1e6 });
    const seen = new Set();
    const edges = [];
    for (const { state, transitions } of Object.values(reached)) {
      state._nodes.forEach((node) => seen.add(nameOf(node)));
      problems.push(...lost(machine, state));
      for (const { event, state: next } of Object.values(transitions)) {
        if (!state.can(event)) continue;
        const taken = machine.getTransitionData(state, event);
        const actions = taken.flatMap((transition) => transition.actions);
        const again = stateOf(next);
        const before = edges.at(-1);
        const meta = taken[0].meta;
        const edge = [stateOf(state), event.type, again, actions, meta ?? null];
        if (event.open) edges.push(edge);
        else if (before[2] !== again) edges.push([edge[0], `${edge[1]}!`, ...edge.slice(2)]);
      }
    }
    const usual = events.filter(({ type }) => !ASIDE.flat().includes(type));
    const [path] = getShortestPaths(machine, { events: usual, toState: (one) => one.status === "done", limit: 1e6 });
    // The same sequence again, as a channel would send it.
    let snapshot = getInitialSnapshot(machine);
    for (const { event } of path?.steps.slice(1) ?? []) snapshot = getNextSnapshot(machine, snapshot, event);
    if (path && snapshot.status !== "done") problems.push("the sequence of events to the end does not lead there");
    const nodes = [...nodesIn(machine.root)];
    return {
      problems,
      unreachable: nodes.filter((node) => node.type !== "history" && !seen.has(nameOf(node))).map(nameOf),
      nodes: Object.fromEntries(nodes.map((node) => [nameOf(node), node.meta ?? null])),
      context: Object.keys(getInitialSnapshot(machine).context),
      edges,
      end: path ? path.steps.slice(1).map(({ event }) => event.type) : null,
    };
  } catch (error) {
    return { problems: [...problems, `${error.message}`] };
  }
}

process.stdout.write(JSON.stringify(process.argv.slice(2).map((file) => ({ file, ...told(file) }))));

// Drives a generated client against a server that answers what each test wants, and keeps what it was asked.
// `CLIENT` is the folder of the compiled client; the design is that of test_client.py.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, beforeEach, test } from "node:test";
import { pathToFileURL } from "node:url";

const client = await import(pathToFileURL(`${process.env.CLIENT}/index.js`));
const { ApiConnectionError, ApiProblemError, ApiTimeoutError, State, TooMany, createClient, unwrap } = client;

const PROBLEM = { "content-type": "application/problem+json" };

let server, baseUrl, answers, asked, slept;

/** Answers requests one after another; the last answer stands for all that follow. */
function answer(...those) {
  answers = those;
}

const json = (status, value, headers = {}) => ({ status, body: JSON.stringify(value), headers });
const order = { id: "o1", state: "open", lines: [] };
const tooMany = { type: TooMany.type, title: "Too many", status: 409, most: 3, detail: "You have 3" };

before(async () => {
  server = createServer(async (request, response) => {
    let body = "";
    for await (const part of request) {
      body += part;
    }
    const { method, url, headers } = request;
    asked.push({ method, url, headers, body: body && JSON.parse(body) });
    const next = answers.length > 1 ? answers.shift() : answers[0];
    if (next === "never") {
      return;
    }
    if (next === "broken") {
      request.socket.destroy();
      return;
    }
    response.writeHead(next.status, { "content-type": "application/json", ...next.headers });
    response.end(next.body);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  baseUrl = `http://127.0.0.1:${server.address().port}/v1/`;
});

after(() => {
  server.closeAllConnections();
  server.close();
});

beforeEach(() => {
  asked = [];
  slept = [];
});

const clock = {
  now: () => Date.parse("2026-01-01T00:00:00Z"),
  random: () => 0.5,
  sleep: async (milliseconds, signal) => {
    slept.push(milliseconds);
    signal?.throwIfAborted();
  },
};
const shop = (options = {}) => createClient({ baseUrl, clock, ...options });

test("a success is a value, and a request is what the design says", async () => {
  answer(json(200, order));
  const asking = shop({ token: (identity) => `token-of-${identity}`, headers: { "accept-language": "cy" } });
  const result = await asking.orders.place({ customer: "c 1", lines: [{ article: "a" }], note: undefined, extra: 1 });
  assert.deepEqual(result, { ok: true, value: order });
  assert.equal(unwrap(result).state, State[0]);
  const [request] = asked;
  assert.equal(`${request.method} ${request.url}`, "POST /v1/orders/place");
  assert.deepEqual(request.body, { customer: "c 1", lines: [{ article: "a" }] });
  assert.equal(request.headers.authorization, "Bearer token-of-authenticated");
  assert.equal(request.headers["accept-language"], "cy");
  assert.equal(request.headers["content-type"], "application/json");
  assert.match(request.headers["idempotency-key"], /^[0-9a-f-]{36}$/);
});

test("parameters in path and query are encoded, lists are repeated, structures travel as JSON", async () => {
  answer(json(200, 1));
  await shop().orders.count({ customer: "a/b?c&d é", states: ["open", "sent"], around: { article: "x y" }, big: true });
  assert.equal(
    asked[0].url,
    "/v1/customers/a%2Fb%3Fc%26d%20%C3%A9/orders?states=open&states=sent&around=%7B%22article%22%3A%22x%20y%22%7D&big=true",
  );
  assert.equal(asked[0].body, "");
  assert.equal(asked[0].headers["content-type"], undefined);
  await assert.rejects(shop().orders.count({ customer: ".." }), TypeError);
  await assert.rejects(shop().orders.count({ customer: "" }), TypeError);
  assert.equal(asked.length, 1);
});

test("names that mean something to JavaScript travel like others", async () => {
  answer(json(200, "done"));
  const parameters = JSON.parse('{"constructor": "a", "__proto__": "b"}');
  await shop().orders.constructor_(parameters);
  assert.equal(JSON.stringify(asked[0].body), '{"constructor":"a","__proto__":"b"}');
  await shop().orders.constructor_({ constructor: "a" });
  assert.equal(JSON.stringify(asked[1].body), '{"constructor":"a"}');
});

test("what may be missing is nothing", async () => {
  answer({ status: 204, body: "" });
  assert.deepEqual(await shop().orders.one({ order: "o1" }), { ok: true, value: undefined });
});

test("who need not be known is not asked for a token", async () => {
  answer(json(200, "hello"));
  await shop({ token: () => assert.fail("asked") }).orders.greet();
  assert.equal(asked[0].headers.authorization, undefined);
});

test("a declared failure is told by its type, and is no reason to try again", async () => {
  answer(json(409, tooMany, PROBLEM));
  const result = await shop().orders.place({ customer: "c", lines: [] });
  assert.equal(result.ok, false);
  assert.equal(result.problem.type, TooMany.type);
  assert.equal(result.problem.most, 3);
  assert.throws(() => unwrap(result), (error) => error instanceof ApiProblemError && error.problem.most === 3);
  answer(json(503, { type: client.Closed.type, title: "Closed", status: 503 }, PROBLEM));
  const closed = await shop().orders.greet();
  assert.equal(closed.problem.type, client.Closed.type);
  assert.equal(asked.length, 2);
});

test("an invalid request says what is wrong", async () => {
  const errors = [{ detail: "too long", pointer: "/customer" }];
  answer(json(400, { type: client.InvalidRequest.type, title: "Invalid", status: 400, errors }, PROBLEM));
  const result = await shop().orders.place({ customer: "c", lines: [] });
  assert.equal(result.problem.type, client.InvalidRequest.type);
  assert.deepEqual(result.problem.errors, errors);
});

test("whatever else is no success is another problem", async () => {
  const others = [
    [json(409, { ...tooMany, most: "three" }, PROBLEM), "Too many", TooMany.type],
    [json(418, tooMany, PROBLEM), "Too many", TooMany.type],
    [json(403, { type: "urn:of:others", title: "No", status: 403 }, PROBLEM), "No", "urn:of:others"],
    [json(404, { title: 4 }, PROBLEM), "Not Found", undefined],
    [json(401, "who?"), "Unauthorized", undefined],
    [{ status: 500, body: "<html>Oh no</html>", headers: { "content-type": "text/html" } }, "Internal Server Error"],
    [{ status: 400, body: '{"__proto__": {"type": "x"}}' }, "Bad Request", undefined],
  ];
  for (const [given, title, type] of others) {
    answer(given);
    const { ok, problem } = await shop().orders.place({ customer: "c", lines: [] });
    assert.equal(ok, false);
    assert.equal(problem.type, "other");
    assert.equal(problem.title, title);
    assert.equal(problem.status, given.status);
    assert.equal(problem.reported.type, type);
  }
});

test("an idempotent command is tried again with the same key, and a new token", async () => {
  answer("broken", json(503, {}), json(200, order));
  let tokens = 0;
  const result = await shop({ token: async () => `t${++tokens}` }).orders.place({ customer: "c", lines: [] });
  assert.equal(result.ok, true);
  assert.equal(new Set(asked.map((request) => request.headers["idempotency-key"])).size, 1);
  assert.deepEqual(asked.map((request) => request.headers.authorization), ["Bearer t1", "Bearer t2", "Bearer t3"]);
  assert.deepEqual(slept, [125, 250]);
  await shop().orders.place({ customer: "c", lines: [] });
  assert.notEqual(asked[2].headers["idempotency-key"], asked[3].headers["idempotency-key"]);
});

test("a key of the caller's own is used, and how keys are made can be said", async () => {
  answer(json(200, order));
  await shop().orders.place({ customer: "c", lines: [] }, { idempotencyKey: "mine" });
  await shop({ newIdempotencyKey: () => "k" }).orders.place({ customer: "c", lines: [] });
  assert.deepEqual(asked.map((request) => request.headers["idempotency-key"]), ["mine", "k"]);
});

test("queries and what is repeatable by its method are tried again", async () => {
  for (const call of [(to) => to.greet(), (to) => to.one({ order: "o" }), (to) => to.replace({ order: "o" })]) {
    asked = [];
    answer("broken", json(200, "fine"));
    assert.equal((await call(shop().orders)).ok, true);
    assert.equal(asked.length, 2);
    assert.equal(asked[0].headers["idempotency-key"], undefined);
  }
});

test("another command is never tried again", async () => {
  answer("broken", json(200, order));
  await assert.rejects(shop().orders.send({ order: "o1" }), ApiConnectionError);
  answer(json(503, {}, { "retry-after": "1" }));
  const result = await shop().orders.send({ order: "o1" }, { retries: 5 });
  assert.equal(result.problem.status, 503);
  assert.equal(asked.length, 2);
  assert.deepEqual(slept, []);
});

test("after the last retry the call ends as the last attempt did", async () => {
  answer(json(502, {}));
  const result = await shop({ retries: 3 }).orders.greet();
  assert.equal(result.problem.status, 502);
  assert.equal(asked.length, 4);
  assert.deepEqual(slept, [125, 250, 500]);
  answer("broken");
  await assert.rejects(shop().orders.greet({ retries: 0 }), ApiConnectionError);
  assert.equal(asked.length, 5);
});

test("Retry-After counts, as seconds and as a date, unless it asks for too much", async () => {
  const busy = (after) => json(429, {}, { "retry-after": after });
  answer(busy("3"), busy("Thu, 01 Jan 2026 00:00:07 GMT"), json(200, "hello"));
  assert.equal((await shop().orders.greet()).ok, true);
  assert.deepEqual(slept, [3000, 7000]);
  answer(busy("3600"));
  assert.equal((await shop().orders.greet()).problem.status, 429);
  assert.equal(asked.length, 4);
});

test("other statuses are no reason to try again", async () => {
  answer(json(500, {}));
  assert.equal((await shop().orders.greet()).problem.status, 500);
  assert.equal(asked.length, 1);
});

test("an answer that cannot be read is no answer", async () => {
  answer({ status: 200, body: "<html>Log in</html>" });
  await assert.rejects(shop().orders.greet({ retries: 1 }), ApiConnectionError);
  assert.equal(asked.length, 2);
});

test("a call ends with its signal: before, while it waits for an answer, and between attempts", async () => {
  const reason = new Error("enough");
  answer("never");
  await assert.rejects(shop().orders.greet({ signal: AbortSignal.abort(reason) }), reason);
  assert.equal(asked.length, 0);
  const waiting = new AbortController();
  const call = shop().orders.greet({ signal: waiting.signal });
  setTimeout(() => waiting.abort(reason), 50);
  await assert.rejects(call, reason);
  assert.equal(asked.length, 1);
  answer(json(503, {}, { "retry-after": "9" }));
  const between = new AbortController();
  const later = createClient({ baseUrl }).orders.greet({ signal: between.signal });
  setTimeout(() => between.abort(reason), 200);
  await assert.rejects(later, reason);
  assert.equal(asked.length, 2);
});

test("who waits too long gives up, and tries again what may be", async () => {
  answer("never");
  await assert.rejects(shop({ timeout: 30 }).orders.send({ order: "o1" }), ApiTimeoutError);
  assert.equal(asked.length, 1);
  await assert.rejects(shop().orders.greet({ timeout: 30, retries: 1 }), /within 30 ms/);
  assert.equal(asked.length, 3);
  answer("never", json(200, "hello"));
  assert.deepEqual(await shop({ timeout: 30 }).orders.greet(), { ok: true, value: "hello" });
});

test("how long to wait follows from the design", () => {
  assert.equal(client.defaultTimeout(undefined), 30_000);
  assert.equal(client.defaultTimeout(200), 5_000);
  assert.equal(client.defaultTimeout(2_000), 20_000);
});

test("a list is read page after page", async () => {
  answer(json(200, { items: ["a", "b"], next_cursor: "2 &" }), json(200, { items: [] , next_cursor: "3" }), json(200, { items: ["c"] }));
  const items = [];
  for await (const item of shop().orders.list({ customer: "c" }, { limit: 2 })) {
    items.push(item);
  }
  assert.deepEqual(items, ["a", "b", "c"]);
  assert.deepEqual(asked.map((request) => request.url), [
    "/v1/orders/list?customer=c&limit=2",
    "/v1/orders/list?customer=c&cursor=2%20%26&limit=2",
    "/v1/orders/list?customer=c&cursor=3&limit=2",
  ]);
});

test("a page alone is a result, and nothing is asked before it is read", async () => {
  answer(json(200, { items: ["x"], next_cursor: "n" }));
  const list = shop().orders.list({ customer: "c" }, { cursor: "m" });
  assert.equal(asked.length, 0);
  assert.deepEqual(await list.page(), { ok: true, value: { items: ["x"], next_cursor: "n" } });
  await list.page("z");
  assert.deepEqual(asked.map((request) => request.url.split("cursor=")[1]), ["m", "z"]);
});

test("a problem ends a list", async () => {
  const broken = json(409, tooMany, PROBLEM);
  answer(json(200, { items: ["a"], next_cursor: "2" }), broken);
  const results = [];
  for await (const result of shop().orders.list({ customer: "c" }).pages()) {
    results.push(result.ok ? result.value.items : result.problem.type);
  }
  assert.deepEqual(results, [["a"], TooMany.type]);
  answer(json(200, { items: ["a"], next_cursor: "2" }), broken);
  const items = [];
  await assert.rejects(async () => {
    for await (const item of shop().orders.list({ customer: "c" })) {
      items.push(item);
    }
  }, ApiProblemError);
  assert.deepEqual(items, ["a"]);
});

test("a list that leads back to itself ends", async () => {
  answer(json(200, { items: ["a"], next_cursor: "2" }));
  await assert.rejects(async () => {
    for await (const item of shop().orders.list({ customer: "c" })) {
      assert.equal(item, "a");
    }
  }, /no end/);
  assert.equal(asked.length, 2);
});

test("a list with parameters for its pages, and one that may be missing", async () => {
  answer(json(200, { items: [1], next_cursor: "2" }), { status: 204, body: "" });
  const items = [];
  for await (const item of shop().orders.own({ cursor: "1" })) {
    items.push(item);
  }
  assert.deepEqual(items, [1]);
  assert.deepEqual(asked.map((request) => request.url), ["/v1/orders/own?cursor=1", "/v1/orders/own?cursor=2"]);
});

test("another transport takes the place of fetch", async () => {
  const urls = [];
  const transport = async (url, init) => {
    urls.push(`${init.method} ${url}`);
    return new Response('"hello"');
  };
  assert.equal(unwrap(await createClient({ baseUrl: new URL("https://a.example/b"), transport }).orders.greet()), "hello");
  assert.deepEqual(urls, ["GET https://a.example/b/orders/greet"]);
});

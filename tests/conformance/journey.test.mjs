// Drives a platform with the generated client of the pharmacy through the journey of a refill, as a front end would:
// all that goes well, and each failure that the design foresees on the way. `CLIENT` is the folder of the compiled
// client, `PLATFORM` where the platform is.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

const { ApiProblemError, InvalidRequest, NotRefillable, SlotTaken, WrongCode, createClient, unwrap } = await import(
  pathToFileURL(`${process.env.CLIENT}/index.js`)
);

const patient = "6f1c2a34-0c1f-4c3e-9b4e-0d2f7b1f6a10";
const asked = [];
const client = (token) =>
  createClient({
    baseUrl: process.env.PLATFORM,
    token: () => token,
    transport: (url, init) => {
      asked.push(init);
      return fetch(url, init);
    },
  });
const mair = client(`customer:${patient}:verified`);

/** Returns the problem of a result that must be a failure of a kind. */
function failure(result, kind) {
  assert.equal(result.ok, false, JSON.stringify(result));
  assert.equal(result.problem.type, kind.type, JSON.stringify(result.problem));
  assert.equal(result.problem.status, kind.status);
  return result.problem;
}

test("a refill, from the reminder to the medicine in hand", async () => {
  const notice = unwrap(await mair.notifications.remind({ patient }));
  assert.equal(notice.patient, patient);

  const [prescription] = unwrap(await mair.prescriptions.refillable({ patient }));
  assert.equal(prescription.patient, patient);
  const stores = [];
  for await (const store of mair.stores.nearHome({ patient }, { pageSize: 1 })) {
    stores.push(store);
  }
  assert.ok(stores.length > 0);
  const [store] = stores;
  assert.equal(new Set(stores.map(({ id }) => id)).size, stores.length, "no store is on two pages");

  const request = { prescription: prescription.id, collect_at: store.id };
  const order = unwrap(await mair.prescriptions.requestRefill(request));
  assert.equal(order.prescription, prescription.id);
  assert.equal(order.collect_at, store.id);
  assert.equal(order.status, "received");
  assert.match(order.code, /^[A-Z0-9]{6}$/);

  unwrap(await mair.prescriptions.approveRefill({ order: order.id }));
  assert.equal(unwrap(await mair.prescriptions.refillOrder({ order: order.id })).status, "approved");
  unwrap(await mair.notifications.notify({ order: order.id }));

  const wrong = order.code === "AAAAAA" ? "BBBBBB" : "AAAAAA";
  failure(await mair.prescriptions.handOver({ order: order.id, code: wrong }), WrongCode);
  assert.equal(unwrap(await mair.prescriptions.refillOrder({ order: order.id })).status, "approved");
  const inHand = unwrap(await mair.prescriptions.handOver({ order: order.id, code: order.code }));
  assert.equal(inHand.id, order.id);
  assert.equal(unwrap(await mair.prescriptions.refillOrder({ order: order.id })).status, "handed_over");

  const rating = unwrap(await mair.listeners.rate({ patient, score: 9, words: "Diolch!" }));
  assert.deepEqual([rating.score, rating.words], [9, "Diolch!"]);
});

test("a request that is sent again with its key does no more than the first one", async () => {
  const [prescription] = unwrap(await mair.prescriptions.refillable({ patient }));
  const request = { prescription: prescription.id };
  const idempotencyKey = randomUUID();
  const first = unwrap(await mair.prescriptions.requestRefill(request, { idempotencyKey }));
  const again = unwrap(await mair.prescriptions.requestRefill(request, { idempotencyKey }));
  assert.deepEqual(again, first);
  const other = await mair.prescriptions.requestRefill({ ...request, collect_at: first.id }, { idempotencyKey });
  assert.equal(other.problem.type, "other");
  assert.equal(other.problem.status, 409, "the key belongs to another request");
});

test("a slot that somebody else took is refused, and the order waits at the store", async () => {
  const [prescription] = unwrap(await mair.prescriptions.refillable({ patient }));
  const request = { prescription: prescription.id };
  const mine = unwrap(await mair.prescriptions.requestRefill(request));
  const theirs = unwrap(await mair.prescriptions.requestRefill(request));
  const slots = unwrap(await mair.deliveries.slots({ order: theirs.id }));
  let delivery;
  for (const slot of slots) {
    const result = await mair.deliveries.bookDelivery({ order: theirs.id, slot: slot.id });
    if (result.ok) {
      delivery = result.value;
      break;
    }
    failure(result, SlotTaken);
  }
  assert.equal(delivery.order, theirs.id);
  assert.ok(slots.some(({ id }) => id === delivery.slot));
  const problem = failure(await mair.deliveries.bookDelivery({ order: mine.id, slot: delivery.slot }), SlotTaken);
  assert.equal(problem.slot, delivery.slot);
});

test("refills come to an end, and the failure says of which prescription", async () => {
  const [prescription] = unwrap(await mair.prescriptions.refillable({ patient }));
  const request = { prescription: prescription.id };
  let result;
  for (let refills = 0; refills < 13; refills += 1) {
    result = await mair.prescriptions.requestRefill(request);
    if (!result.ok) {
      break;
    }
  }
  assert.equal(failure(result, NotRefillable).prescription, prescription.id);
  assert.throws(() => unwrap(result), ApiProblemError);
  const question = unwrap(await mair.care.ask({ patient, words: "What now?", prescription: prescription.id }));
  assert.equal(question.words, "What now?");
});

test("who is not known, or says what the design does not describe, hears so", async () => {
  const nobody = await client(undefined).prescriptions.refillable({ patient });
  assert.deepEqual([nobody.problem.type, nobody.problem.status], ["other", 401]);
  const hardly = await client(`customer:${patient}:identified`).prescriptions.refillable({ patient });
  assert.deepEqual([hardly.problem.type, hardly.problem.status], ["other", 403]);
  const problem = failure(await mair.listeners.rate({ patient, score: 11 }), InvalidRequest);
  assert.deepEqual(problem.errors.map(({ pointer }) => pointer), ["/score"]);
  const before = asked.length;
  await client(undefined).medicines.leaflet({ medicine: "39113611000001102" });
  assert.equal(new Headers(asked[before].headers).has("authorization"), false);
});

// A laptop with RxDB in memory: `node replicate.js`; one command per line on stdin, JSON on stdout.
//   fill FILE        documents, one JSON per line
//   touch            one answer of the first document gets another value
//   push URL, pull URL   one run of the replication, which does both
//   empty            forget everything here
"use strict";
const fs = require("fs");
const readline = require("readline");
const { createRxDatabase } = require("rxdb/plugins/core");
const { getRxStorageMemory } = require("rxdb/plugins/storage-memory");
const { replicateRxCollection } = require("rxdb/plugins/replication");

const BATCH = 100;
const schema = {
  version: 0,
  primaryKey: "id",
  type: "object",
  properties: {
    id: { type: "string", maxLength: 36 },
    company_id: { type: "string" },
    name: { type: "string" },
    assessment_id: { type: "string" },
    began_ms: { type: "number" },
    changed: { type: "number" },
    answers: { type: "array", items: { type: "object" } },
  },
  required: ["id"],
};
let count = 0;
let visits;

async function empty() {
  count += 1;
  const db = await createRxDatabase({
    name: `laptop-${count}`,
    storage: getRxStorageMemory(),
    multiInstance: false,
    eventReduce: true,
  });
  visits = (await db.addCollections({ visits: { schema } })).visits;
  return {};
}

async function fill(file) {
  const documents = fs.readFileSync(file, "utf8").trim().split("\n").map((line) => {
    const { _id: id, ...rest } = JSON.parse(line);
    return { id, changed: 0, ...rest };
  });
  for (let at = 0; at < documents.length; at += BATCH) {
    await visits.bulkInsert(documents.slice(at, at + BATCH));
  }
  return { documents: documents.length };
}

async function touch() {
  const first = await visits.findOne().exec();
  const { answers, changed } = first.toMutableJSON();
  answers[0].value = String((Number(answers[0].value) + 1) % 5);
  await first.incrementalPatch({ answers, changed: changed + 1 });
  return {};
}

async function replicate(url) {
  const began = process.hrtime.bigint();
  let written = 0;
  const state = replicateRxCollection({
    replicationIdentifier: "visits",
    collection: visits,
    live: false,
    retryTime: 100,
    push: {
      batchSize: BATCH,
      handler: async (rows) => {
        written += rows.length;
        const sent = await fetch(`${url}/push`, {
          method: "POST",
          headers: { "Content-Type": "application/json" },
          body: JSON.stringify(rows),
        });
        return sent.json();
      },
    },
    pull: {
      batchSize: BATCH,
      handler: async (checkpoint, limit) => {
        const at = checkpoint ? checkpoint.at : 0;
        const found = await (await fetch(`${url}/pull?at=${at}&limit=${limit}`)).json();
        written += found.documents.length;
        return found;
      },
    },
  });
  let failures = 0;
  state.error$.subscribe((error) => {
    failures += 1;
    console.error(error);
  });
  await state.awaitInitialReplication();
  const ms = Number(process.hrtime.bigint() - began) / 1e6;
  await state.cancel();
  return { ms, written, failures };
}

const commands = { fill, touch, push: replicate, pull: replicate, empty };

(async () => {
  await empty();
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const [name, given] = line.trim().split(" ");
    console.log(JSON.stringify(await commands[name](given)));
  }
  process.exit(0);
})();

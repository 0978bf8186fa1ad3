// A PouchDB laptop: `node replicate.js FOLDER`; one command per line on stdin, its answer as JSON.
//   fill FILE        documents, one JSON per line
//   touch            one answer of the first document gets another value
//   push URL, pull URL
//   empty            forget everything here
"use strict";
const fs = require("fs");
const path = require("path");
const readline = require("readline");
const PouchDB = require("pouchdb");

const folder = process.argv[2];
let count = 0;
let db = open();

function open() {
  count += 1;
  return new PouchDB(path.join(folder, `laptop-${count}`));
}

async function fill(file) {
  const documents = fs.readFileSync(file, "utf8").trim().split("\n").map(JSON.parse);
  for (let at = 0; at < documents.length; at += 100) {
    await db.bulkDocs(documents.slice(at, at + 100));
  }
  return { documents: documents.length };
}

async function touch() {
  const first = (await db.allDocs({ limit: 1, include_docs: true })).rows[0].doc;
  first.answers[0].value = String((Number(first.answers[0].value) + 1) % 5);
  await db.put(first);
  return {};
}

async function replicate(source, target) {
  const began = process.hrtime.bigint();
  const result = await PouchDB.replicate(source, target, { batch_size: 100 });
  const ms = Number(process.hrtime.bigint() - began) / 1e6;
  return { ms, written: result.docs_written, failures: result.doc_write_failures };
}

const commands = {
  fill,
  touch,
  push: (url) => replicate(db, url),
  pull: (url) => replicate(url, db),
  empty: async () => {
    await db.close();
    db = open();
    return {};
  },
  memory: async () => ({ mb: process.resourceUsage().maxRSS / 1024 }),
};

(async () => {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const [name, given] = line.trim().split(" ");
    console.log(JSON.stringify(await commands[name](given)));
  }
})();

// The server of RxDB's HTTP replication as its manual lays it out, in memory: `node server.js HOST`.
//   POST /push        [{newDocumentState, assumedMasterState}] → the states that conflict
//   GET /pull?at=N&limit=N → {documents, checkpoint}
"use strict";
const http = require("http");

const documents = new Map(); // in the order of their last change
let clock = 0;

function push(rows) {
  const conflicts = [];
  for (const { newDocumentState: fresh, assumedMasterState: assumed } of rows) {
    const master = documents.get(fresh.id);
    if (master && (!assumed || assumed.changed !== master.state.changed)) {
      conflicts.push(master.state);
      continue;
    }
    clock += 1;
    documents.delete(fresh.id);
    documents.set(fresh.id, { at: clock, state: fresh });
  }
  return conflicts;
}

function pull(after, limit) {
  const found = [];
  let at = after;
  for (const one of documents.values()) {
    if (one.at > after && found.length < limit) {
      found.push(one.state);
      at = one.at;
    }
  }
  return { documents: found, checkpoint: { at } };
}

const server = http.createServer((request, response) => {
  const pieces = [];
  request.on("data", (piece) => pieces.push(piece));
  request.on("end", () => {
    const url = new URL(request.url, "http://here");
    const answer =
      url.pathname === "/push"
        ? push(JSON.parse(Buffer.concat(pieces)))
        : pull(Number(url.searchParams.get("at")), Number(url.searchParams.get("limit")));
    const body = JSON.stringify(answer);
    response.writeHead(200, {
      "Content-Type": "application/json",
      "Content-Length": Buffer.byteLength(body),
    });
    response.end(body);
  });
});
server.keepAliveTimeout = 60000;
server.listen(0, process.argv[2], () => console.log(JSON.stringify({ port: server.address().port })));
process.stdin.on("end", () => process.exit(0)).resume();

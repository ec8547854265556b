// Runs the browser's own search under Node: questions as JSON lines come in, answers as JSON lines go out.
// node engine.js <folder of the site's files> <manifest's name>
"use strict";

const fs = require("node:fs"), path = require("node:path"), vm = require("node:vm"), readline = require("node:readline");

const [site, name = "examples"] = process.argv.slice(2);
const counted = { requests: 0, bytes: 0 };

function response(address) {
  const file = path.join(site, new URL(address).pathname);
  if (!fs.existsSync(file)) return new Response("", { status: 404 });
  const content = fs.readFileSync(file);
  counted.requests += 1, counted.bytes += content.length;
  return new Response(content);
}

function context(postMessage) {
  const shared = { console, setTimeout, URL, Response, DecompressionStream, TextDecoder, postMessage, fetch: async (address) => response(address) };
  const inside = vm.createContext(Object.assign(shared, { self: shared }));
  vm.runInContext(fs.readFileSync(path.join(site, "assets/search-worker.js"), "utf8"), inside);
  return inside;
}

// One question at a time: what the worker tells until its last part.
let heard;
const inside = context((message) => heard(message));
const send = (data, last) => new Promise((resolve) => {
  const parts = {};
  heard = (message) => { Object.assign(parts, message); if (message.failed || last(message)) resolve(parts); };
  vm.runInContext("onmessage", inside)({ data });
});

(async () => {
  await send({ manifest: `http://site/assets/search/${name}.json` }, (message) => message.ready);
  let number = 0;
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const question = JSON.parse(line), before = performance.now();
    number += 1;
    const found = await send({ number, question }, (message) => (question.groups ? message.hits?.length === message.expected : message.counts));
    process.stdout.write(`${JSON.stringify({ ...found, ms: performance.now() - before, ...counted })}\n`);
  }
})();

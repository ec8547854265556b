// The files of an index: word chunks, texts, tables. Each is fetched once; the format is told in decisions/0010.
"use strict";

var chunks = (() => {
  const BITMAP = 1, CONSTANT = 2, HEADED = 4, NOTED = 8;
  const LEVELS = [[512, 64], [4096, 32], [16384, 16], [Infinity, 8]];
  const HEAD = 64, UNIT = 64;
  const utf8 = new TextDecoder();

  class Reader {
    constructor(bytes, at = 0) { Object.assign(this, { bytes, at }); }
    byte() { return this.bytes[this.at++]; }
    varint() {
      let byte = this.bytes[this.at++];
      if (byte < 128) return byte;            // as most are
      let value = byte & 127, place = 128;
      do { byte = this.bytes[this.at++]; value += (byte & 127) * place; place *= 128; } while (byte > 127);
      return value;
    }
    // Goes past so many numbers without reading them.
    pass(count) {
      const { bytes } = this;
      let at = this.at;
      while (count) if (bytes[at++] < 128) count -= 1;
      this.at = at;
    }
    varints(count) { return Array.from({ length: count }, () => this.varint()); }
    skip(length) { this.at += length; return this; }
    take(length) { return this.bytes.subarray(this.at, (this.at += length)); }
    text(length) { return utf8.decode(this.take(length)); }
    json() { return JSON.parse(this.text(this.varint())); }
  }

  async function inflated(address) {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`${answer.status} ${address}`);
    return new Uint8Array(await new Response(answer.body.pipeThrough(new DecompressionStream("deflate"))).arrayBuffer());
  }

  // A chunk's entries in order. Numbers and weights stay packed until somebody asks for them.
  function entries(bytes, documents) {
    const header = new Reader(bytes), count = header.varint(), [k, m, i] = header.varints(3);
    const keys = new Reader(bytes, header.at), meta = new Reader(bytes, header.at + k);
    const ids = new Reader(bytes, header.at + k + m), weights = new Reader(bytes, header.at + k + m + i);
    let key = new Uint8Array(0);
    return Array.from({ length: count }, () => {
      const shared = keys.varint(), rest = keys.take(keys.varint()), whole = new Uint8Array(shared + rest.length);
      whole.set(key.subarray(0, shared)), whole.set(rest, shared);
      key = whole;
      return { key: utf8.decode(whole), ...entry(meta, ids, weights, documents) };
    });
  }

  function entry(meta, ids, weights, documents) {
    const flags = meta.byte();
    const note = flags & NOTED ? meta.json() : {};
    const count = meta.varint();
    const scale = meta.varints(!count ? 0 : flags & HEADED ? 4 : flags & CONSTANT ? 1 : 2);
    const numbers = new Reader(ids.bytes, ids.at), codes = new Reader(weights.bytes, weights.at);
    if (flags & BITMAP) ids.skip((documents + 7) >> 3);
    else ids.pass(count);
    if (flags & HEADED) weights.pass(HEAD), weights.skip(HEAD + count);
    else if (!(flags & CONSTANT)) weights.skip(count);
    return { note, count, list: () => ({ ids: numbered(numbers, flags, count), weights: weighed(codes, flags, count, scale) }) };
  }

  function numbered(packed, flags, count) {
    const { bytes } = packed, start = packed.at, ids = new Uint32Array(count);
    if (flags & BITMAP) {
      for (let number = 0, at = 0; at < count; number += 1) if (bytes[start + (number >> 3)] >> (number & 7) & 1) ids[at++] = number;
    } else {
      const reader = new Reader(bytes, start);
      for (let at = 0, before = -1; at < count; at += 1) ids[at] = before += reader.varint() + 1;
    }
    return ids;
  }

  function weighed(packed, flags, count, [low, span, high, more]) {
    const weights = new Float32Array(count);
    if (flags & CONSTANT) return weights.fill(low / UNIT);
    const reader = new Reader(packed.bytes, packed.at);
    const heaviest = flags & HEADED ? reader.varints(HEAD) : [], fine = reader.take(heaviest.length), codes = reader.take(count);
    const levels = LEVELS.find(([most]) => count <= most)[1], step = span / (levels - 1);
    const meant = Float32Array.from({ length: levels }, (_, code) => (low + code * step) / UNIT);
    for (let at = 0; at < count; at += 1) weights[at] = meant[codes[at]];
    heaviest.reduce((before, gap, at) => {
      const place = before + gap + 1;
      weights[place] = (high + fine[at] * more / 255) / UNIT;
      return place;
    }, -1);
    return weights;
  }

  // The last place in ascending keys that is not after one.
  function place(keys, key) {
    let low = 0, high = keys.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (keys[middle] <= key) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  class Index {
    constructor(manifest, address) {
      this.manifest = manifest;
      this.folder = new URL(manifest.folder, address);
      this.firsts = manifest.keys.split("\n");
      this.files = new Map();
    }

    // What fails is forgotten, so that it can be tried again.
    file(path, read = (bytes) => bytes) {
      if (!this.files.has(path)) {
        const coming = inflated(new URL(path, this.folder)).then(read);
        coming.catch(() => this.files.delete(path));
        this.files.set(path, coming);
      }
      return this.files.get(path);
    }

    number(key) { return Math.max(0, place(this.firsts, key)); }

    chunk(number) {
      return this.file(`t/${number}.bin`, (bytes) => {
        const all = entries(bytes, this.manifest.documents);
        return { keys: all.map(({ key }) => key), all, byKey: new Map(all.map((entry) => [entry.key, entry])) };
      });
    }

    async find(key) { return (await this.chunk(this.number(key))).byKey.get(key); }

    // The entries of all words that begin so: one that sums them up, or each of them.
    async beginning(prefix) {
      const sum = await this.sum(prefix);
      if (sum) return [sum];
      const from = this.number(prefix), to = this.number(`${prefix}\uffff`);
      const all = await Promise.all(Array.from({ length: to - from + 1 }, (_, at) => this.chunk(from + at)));
      return all.flatMap((chunk) => chunk.all.filter(({ key }) => key.startsWith(prefix) && !key.endsWith("*")));
    }

    // What sums up a beginning stands just before it, `kom*` (to `kommun`) for `kommu`; but between `kom*` and `kommun` may be the word itself.
    async sum(prefix) {
      const number = this.number(`${prefix}*`), { all, keys } = await this.chunk(number), at = place(keys, `${prefix}*`);
      let before = all[at];
      if (before?.key === prefix) before = all[at - 1] ?? (number ? (await this.chunk(number - 1)).all.at(-1) : null);
      return before?.note.to?.startsWith(prefix) && prefix.startsWith(before.key.slice(0, -1)) ? before : null;
    }

    async row(number) {
      const { group, shelf, shelves } = this.manifest, at = Math.floor(number / group);
      const rows = await this.file(`../${shelves[Math.floor(at / shelf)]}/${at}.bin`, (bytes) => JSON.parse(utf8.decode(bytes)));
      return rows[number % group];
    }
  }

  return { Index, Reader };
})();

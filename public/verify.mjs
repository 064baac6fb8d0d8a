#!/usr/bin/env node
// Checks Shanlu's public log without trusting Shanlu. One file, no dependency; read it before you run it.
//   node verify.mjs https://shanlu.example.org    reads the whole log (or a FOLDER) and recomputes every public number
//   node verify.mjs G-0095.tlog-proof --key VKEY  checks one proof file, without a network
//
//   --checkpoint FILE   a head you kept (from a receipt, mail, proof file or --save); the log must continue it. May be
//                       repeated. With FILE.hashes beside it the exact first bad leaf is named, else perhaps a range.
//   --save FILE         keeps today's head as FILE and the hashes of all leaves as FILE.hashes, for the next time
//   --key VKEY          the log's public key; without it the keys the server shows are believed, and shown
//   --witness VKEY      a witness that must have signed the head too
//
// Ends with one line of JSON. Exit 0: all agrees. Exit 1: something does not; `firstBadIndex` says which leaf (null
// when no leaf is to blame), `firstBadBetween` where only a range can be named. All of it is explained in docs/log.md.

// ——— 1. The tree (RFC 6962): leaf = SHA-256(0x00 ‖ data), node = SHA-256(0x01 ‖ left ‖ right) ———

// Node brings hashing and signatures; a browser that uses this file puts its own in here (verify-page.mjs does).
const node = globalThis.process?.versions?.node ? await import('node:crypto') : null;
export const crypto = {
  sha256: (bytes) => node.hash('sha256', bytes, 'buffer'),
  ed25519: (publicKey, message, signature) => {
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(publicKey).toString('base64url') };
    return node.verify(null, message, node.createPublicKey({ key: jwk, format: 'jwk' }), signature);
  },
};

const joined = (...parts) => {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  parts.reduce((at, part) => (all.set(part, at), at + part.length), 0);
  return all;
};
export const leafHash = (data) => crypto.sha256(joined([0], data));
const nodeHash = (left, right) => crypto.sha256(joined([1], left, right));
const same = (a, b) => a.length === b.length && a.every((byte, at) => byte === b[at]);

/** A growing tree, remembered as the hashes of its complete subtrees, largest first. */
class Tree {
  size = 0;
  edge = [];
  runs = []; // runs[1]: the hashes of complete runs of 256 leaves, runs[2]: of 256², as tiles publish them
  push(hash) {
    for (let rest = this.size, height = 1; rest % 2 === 1; rest = (rest - 1) / 2, height += 1) {
      hash = nodeHash(this.edge.pop(), hash);
      if (height % 8 === 0) (this.runs[height / 8] ??= []).push(hash);
    }
    this.edge.push(hash);
    this.size += 1;
  }
  root() {
    if (this.size === 0) return crypto.sha256(new Uint8Array());
    return this.edge.reduceRight((right, left) => nodeHash(left, right));
  }
}

/** Where a leaf and its neighbours' hashes lead (RFC 9162, 2.1.3.2), with every step for the page to draw. */
export const climb = (index, size, hash, proof) => {
  if (index >= size) fail('the index lies outside the tree');
  const steps = [];
  let last = size - 1n;
  for (const neighbour of proof) {
    if (last === 0n) fail('the proof is too long');
    const onLeft = index % 2n === 1n || index === last;
    hash = onLeft ? nodeHash(neighbour, hash) : nodeHash(hash, neighbour);
    steps.push({ neighbour, onLeft, hash });
    if (onLeft) while (index % 2n === 0n && index !== 0n) [index, last] = [index / 2n, last / 2n];
    [index, last] = [index / 2n, last / 2n];
  }
  if (last !== 0n) fail('the proof is too short');
  return { root: hash, steps };
};

// ——— 2. Signed heads and proof files (c2sp.org/signed-note, tlog-checkpoint, tlog-cosignature, tlog-proof) ———

/** Something does not agree. `index` is the first bad leaf, or `index`…`to` the range it lies in. */
const badLeaf = (why, index, to = index) => Object.assign(new Error(why), { index, to });
const fail = (why, index) => {
  throw badLeaf(why, index);
};

const utf8 = (text) => new TextEncoder().encode(text);
const text = TextDecoder.prototype.decode.bind(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }));
export const base64 = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
const unbase64 = (encoded) => {
  const bytes = Uint8Array.from(atob(encoded), (letter) => letter.charCodeAt(0));
  if (base64(bytes) !== encoded) fail(`this is not base64: ${encoded.slice(0, 20)}`);
  return bytes;
};
const uint = (bytes) => bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
const whole = (digits) =>
  /^(0|[1-9]\d{0,18})$/.test(digits) ? BigInt(digits) : fail(`this is not a size or index: ${digits}`);

/** A public key is `name+id+key`: key = type ‖ 32 bytes, id = the first four bytes of SHA-256(name ‖ newline ‖ key). */
export const parseKey = (vkey) => {
  const [, name, id, encoded] = /^([^+\s]+)\+([0-9a-f]{8})\+(\S+)$/.exec(vkey) ?? [];
  const key = unbase64(encoded ?? '');
  const expected = uint(crypto.sha256(joined(utf8(`${name}\n`), key)).subarray(0, 4));
  if (key.length !== 33 || expected !== BigInt(`0x${id}`) || ![1, 4].includes(key[0]))
    fail(`this is not a public key: ${vkey}`);
  return { name, id: expected, type: key[0], publicKey: key.subarray(1), vkey };
};

/** Opens a head: a key of the log must have signed it, and every one of `witnesses` too. */
export const openHead = (note, logKeys, witnesses = []) => {
  const [, signed, lines] =
    /^((?:.+\n){3,})\n((?:— [^\s+]+ \S+\n)+)$/.exec(note) ?? fail('the head is malformed');
  const signatures = lines.match(/.+/g).map((line) => {
    const [, name, encoded] = line.split(' ');
    const bytes = unbase64(encoded);
    return { name, id: uint(bytes.subarray(0, 4)), bytes: bytes.subarray(4) };
  });
  const [origin, size, root] = signed.split('\n');
  const head = { origin, size: whole(size), root: unbase64(root), note, signedBy: [], witnessed: [] };
  for (const key of [...logKeys, ...witnesses]) {
    const found = signatures.find(({ name, id }) => name === key.name && id === key.id);
    if (!found) continue;
    const time = uint(found.bytes.subarray(0, 8));
    const signature = found.bytes.subarray(key.type === 4 ? 8 : 0);
    const message = key.type === 4 ? `cosignature/v1\ntime ${time}\n${signed}` : signed;
    if (!crypto.ed25519(key.publicKey, utf8(message), signature))
      fail(`the signature of ${key.name} does not hold`);
    if (logKeys.includes(key)) head.signedBy.push(key);
    else head.witnessed.push({ key, time: new Date(Number(time) * 1000) });
  }
  if (!head.signedBy.some(({ name }) => name === origin)) fail('the head is not signed by the log');
  const absent = witnesses.find((witness) => !head.witnessed.some(({ key }) => key === witness));
  if (absent) fail(`the witness ${absent.name} has not signed this head`);
  return head;
};

/** A .tlog-proof file holds the leaf, its index, its neighbours' hashes and a signed head. Proves nothing yet. */
export const readProof = (file) => {
  const [, leaf, index, hashes, note] =
    /^c2sp\.org\/tlog-proof@v1\nextra (\S*)\nindex (\d+)\n((?:\S+\n)*)\n(.*)$/s.exec(file) ??
    fail('this is not a proof file that carries its leaf');
  const proof = hashes.split('\n').slice(0, -1).map(unbase64);
  return { leaf: unbase64(leaf), index: whole(index), proof, note };
};

export const checkProof = (file, logKeys, witnesses) => {
  const { leaf, index, proof, note } = readProof(file);
  const head = openHead(note, logKeys, witnesses);
  if (!same(climb(index, head.size, leafHash(leaf), proof).root, head.root))
    fail('the hashes lead to another head than the signed one', Number(index));
  return { index, head, leaf: readLeaf(leaf) };
};

// ——— 3. What the leaves say, and from it every public number ———

const isSorted = (value) =>
  Object(value) !== value ||
  (Object.values(value).every(isSorted) &&
    (Array.isArray(value) || Object.keys(value).every((key, at, keys) => at === 0 || keys[at - 1] < key)));

/** A leaf is canonical JSON (RFC 8785): one meaning, one sequence of bytes. */
export const readLeaf = (bytes) => {
  const written = text(bytes);
  const leaf = JSON.parse(written);
  if (JSON.stringify(leaf) !== written || !isSorted(leaf)) fail('this leaf is not canonical JSON');
  if (leaf.v !== 1 || !['entry', 'act', 'lots'].includes(leaf.type)) fail('this leaf is of an unknown kind');
  return leaf;
};

const ROAD = ['allocated', 'committed', 'certified', 'paid'];
const STAGES = ['unallocated', ...ROAD, 'given', 'fees', 'returned', 'lost', 'shortfall'];
const CLASSES = [...STAGES, 'assets', 'liabilities', 'income', 'expense'];
// In our hands for the roads: what the bank holds, less what is owed to others than contractors (theirs is in our
// hands until it is paid), without what the bank itself added or took.
const HELD = /^(assets:|liabilities:(?!contractor-|retention-)|income:interest:|expense:bank-charges:)/;
const FLOOR = /^(unallocated|allocated|committed|certified):/; // meant for the roads, and never below nothing
const sideOf = (code) => (/^shortfall:/.test(code) || FLOOR.test(code) ? 1n : HELD.test(code) ? -1n : 0n);
const PROMISES = { pledge_made: 1n, pledge_raised: 1n, pledge_reopened: 1n };
for (const fellAway of ['cancelled', 'written_off', 'released']) PROMISES[`pledge_${fellAway}`] = -1n;
const add = (map, key, by) => map.set(key, (map.get(key) ?? 0n) + by);

/** Adds up leaves. A posting takes its amount out of `from` and puts it into `to`, both of one book. */
export class Books {
  balances = new Map(); // "campaign currency account" → what was put in, less what was taken out
  pledges = new Map(); // "campaign currency" → what is promised
  roadOf = new Map(); // contract → the road it is for
  budgets = new Map(); // road → its approved budget now
  mirrors = new Map(); // entry → its postings turned round, as a reversal must repeat them
  reversed = new Set();
  odd = new Map(); // what does not add up (so far), with the leaf since which it does not
  unexplained = new Map(); // entry → what it moved for which no gift has been named yet
  untied = new Map(); // "campaign currency" → by how much its two books differ

  add(leaf, index) {
    if (leaf.type === 'entry') this.entry(leaf, index);
    if (leaf.type === 'act') this.act(leaf);
    // What each entry moved for its purpose is made of gifts, in its own leaf or, when they are many, in `lots` leaves.
    const seq = leaf.seq ?? leaf.entry;
    const open = this.unexplained.get(seq) ?? new Map();
    for (const { from, to, amount } of leaf.lots ?? []) add(open, `${from} ${to}`, -BigInt(amount));
    const isOpen = [...open.values()].some((left) => left !== 0n);
    if (!isOpen) this.unexplained.delete(seq);
    if (isOpen || this.odd.size) this.note(`the gifts of ${seq} do not add up`, isOpen, index);
  }

  note(what, isOdd, index) {
    if (!isOdd) this.odd.delete(what);
    else if (!this.odd.has(what)) this.odd.set(what, index);
  }

  entry({ seq, postings, reverses, campaign }, index) {
    const line = (one, from, to) => [one.amount, one.currency, one[from], one[to]].join(' ');
    const lines = (from, to) => String(postings.map((one) => line(one, from, to)).sort());
    if (this.mirrors.has(seq)) fail(`entry ${seq} is here a second time`);
    if (reverses && (this.reversed.has(reverses) || this.mirrors.get(reverses) !== lines('from', 'to')))
      fail(`${seq} does not reverse ${reverses}`);
    this.reversed.add(reverses);
    this.mirrors.set(seq, lines('to', 'from'));
    const ofGifts = new Map();
    for (const { book, from, to, amount, currency } of postings) {
      if (!/^[1-9]\d*$/.test(amount) || ![from, to].every((code) => CLASSES.includes(code.split(':')[0])))
        fail(`${seq} has a posting that cannot be`);
      const [books, minor] = [`${campaign} ${currency}`, BigInt(amount)];
      add(this.balances, `${books} ${from}`, -minor);
      add(this.balances, `${books} ${to}`, minor);
      const off = add(this.untied, books, minor * (sideOf(to) - sideOf(from))).get(books);
      if (off || this.odd.size) this.note(`the two books of ${books} differ`, off, index);
      if (book === 'purpose') add(ofGifts, `${from} ${to}`, minor);
    }
    for (const { from, currency } of postings)
      if (FLOOR.test(from) && this.balances.get(`${campaign} ${currency} ${from}`) < 0n)
        fail(`${seq} takes more from ${from} than lies there`);
    this.unexplained.set(seq, ofGifts);
  }

  act({ event, subject, campaign, facts }) {
    if (event === 'contract_signed') this.roadOf.set(subject, facts.segment);
    if (event === 'budget_approved') this.budgets.set(subject, facts.amount);
    const by = PROMISES[event];
    if (by) add(this.pledges, `${campaign} ${facts.currency}`, by * BigInt(facts.amount));
  }

  /** The five numbers of each campaign and road. `difference`: what is meant for roads less what lies in the bank. */
  numbers() {
    const [campaigns, roads] = [{}, {}];
    const zero = (names) => Object.fromEntries(names.map((name) => [name, 0n]));
    const sumsOf = (key) => (campaigns[key] ??= zero(['pledged', 'received', ...STAGES]));
    for (const [key, promised] of this.pledges) sumsOf(key).pledged = promised;
    for (const [key, balance] of this.balances) {
      const [campaign, currency, code] = key.split(' ');
      const [stage, of] = code.split(':');
      const sums = sumsOf(`${campaign} ${currency}`);
      if (STAGES.includes(stage)) sums[stage] += balance;
      if (ROAD.includes(stage)) (roads[this.roadOf.get(of) ?? of] ??= zero(ROAD))[stage] += balance;
    }
    for (const [code, budget] of this.budgets) (roads[code] ??= zero(ROAD)).budget = budget;
    // What is paid was certified before, what is certified committed, what is committed allocated.
    for (const sums of [...Object.values(campaigns), ...Object.values(roads)])
      for (const at of [2, 1, 0]) sums[ROAD[at]] += sums[ROAD[at + 1]];
    for (const [key, sums] of Object.entries(campaigns)) {
      [sums.given, sums.shortfall] = [-sums.given, -sums.shortfall];
      sums.received = sums.given - sums.returned - sums.lost;
      sums.difference = this.untied.get(key) ?? 0n;
    }
    return { campaigns, roads };
  }
}

// ——— 4. Reading the whole log (c2sp.org/tlog-tiles): files of 256 hashes, and of 256 leaves ———

const place = (index) => {
  const digits = String(index);
  return digits.padStart(Math.ceil(digits.length / 3) * 3, '0').replace(/\d{3}(?=\d)/g, 'x$&/');
};
const tilePath = (level, index, width) => `tile/${level}/${place(index)}${width < 256 ? `.p/${width}` : ''}`;
const cut = (bundle) => {
  const leaves = [];
  for (let at = 0, end; at < bundle.length; at = end) {
    end = at + 2 + bundle[at] * 256 + bundle[at + 1];
    leaves.push(bundle.subarray(at + 2, end));
  }
  return leaves;
};
const hashAt = (hashes, at) => hashes.subarray(at * 32, at * 32 + 32);
const cutHashes = (tile) => Array.from({ length: Math.ceil(tile.length / 32) }, (_, at) => hashAt(tile, at));

/** The hashes or leaves of one file. The full file may have taken a partial one's place since the head was read. */
const readTile = async (read, level, index, width) => {
  const split = level === 'entries' ? cut : cutHashes;
  const exact = await read(tilePath(level, index, width));
  const file = exact ?? (width < 256 ? await read(tilePath(level, index, 256)) : null);
  const items = split(file ?? new Uint8Array());
  return exact && items.length > width ? [] : items.slice(0, width); // with more in it, it is another file
};

// `read(path)` gives a file's bytes or null; `olds` are heads kept earlier, with `hashes` if those were kept too.
/** Rebuilds the tree from every leaf, and compares it with the served hashes, the signed head and every older head. */
export const walk = async (read, head, { olds = [], books = new Books(), onHash, onProgress } = {}) => {
  const [tree, size, ahead] = [new Tree(), Number(head.size), []];
  const kept = olds.map(({ hashes }) => hashes ?? []).sort((a, b) => b.length - a.length)[0] ?? [];
  let [bad, agreed] = [null, 0];
  const blame = (why, index, to) => (bad ??= badLeaf(why, index, to));
  for (let next = 0; tree.size < size; onProgress?.(tree.size, size)) {
    for (; next < size && ahead.length < 16; next += 256) {
      const [at, width] = [next / 256, Math.min(256, size - next)];
      ahead.push(Promise.all(['entries', 0].map((level) => readTile(read, level, at, width))));
    }
    const [[leaves, tile], first] = [await ahead.shift(), tree.size];
    for (let index = first; index < Math.min(first + 256, size); index += 1) {
      const leaf = leaves[index - first];
      if (!leaf) throw blame('this leaf is missing', index);
      const hash = leafHash(leaf);
      if (index * 32 < kept.length && !same(hash, hashAt(kept, index)))
        blame('this leaf was another one before', index);
      else if (!same(hash, tile[index - first] ?? []))
        blame('this leaf and its published hash differ', index);
      try {
        if (!bad || bad.to > bad.index) books.add(readLeaf(leaf), index);
      } catch ({ message }) {
        bad = badLeaf(message, index);
      }
      tree.push(hash);
      onHash?.(hash);
      for (const old of olds.filter((one) => Number(one.size) === tree.size))
        if (same(tree.root(), old.root)) agreed = tree.size;
        else blame(`the log does not continue the head of ${old.size} leaves`, agreed, index);
    }
  }
  const longer = olds.find((old) => old.size > head.size);
  if (longer) blame(`the log has ${size} leaves and once had ${longer.size}`, size);
  for (const [level, hashes = []] of tree.runs.entries())
    for (let at = 0, run = 256 ** level; at < hashes.length; at += 256) {
      const ours = hashes.slice(at, at + 256);
      const theirs = await readTile(read, level, at / 256, ours.length);
      const wrong = at + ours.findIndex((hash, place) => !same(hash, theirs[place] ?? []));
      const why = 'these leaves do not lead to their published hash';
      if (wrong >= at) blame(why, wrong * run, (wrong + 1) * run - 1);
    }
  if (!same(tree.root(), head.root)) blame('the leaves do not lead to the signed head', agreed, size - 1);
  const [odd] = [...books.odd].sort((a, b) => a[1] - b[1]); // may name the leaf where only a range is known
  if (odd && (!bad || bad.to > bad.index)) fail(...odd);
  if (bad) throw bad;
  return books;
};

// ——— 5. The command ———

const main = async () => {
  const { parseArgs } = await import('node:util');
  const { readFile, stat, writeFile } = await import('node:fs/promises');
  const many = { type: 'string', multiple: true, default: [] };
  const options = { checkpoint: many, key: many, witness: many, save: { type: 'string' } };
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const where = positionals[0]?.replace(/\/$/, '');
  if (!where) fail('say what to check: an address, a folder or a .tlog-proof file');
  const [given, witnesses] = [values.key.map(parseKey), values.witness.map(parseKey)];
  const isAddress = /^https?:/.test(where);
  if (!isAddress && (await stat(where)).isFile()) {
    if (!given.length) fail('say with --key whose signature to believe');
    const { head, ...found } = checkProof(await readFile(where, 'utf8'), given, witnesses);
    return { ...found, ...about(head) };
  }
  const bytesOf = async (answer) => (answer.ok ? new Uint8Array(await answer.arrayBuffer()) : null);
  const get = async (url) => bytesOf(await fetch(url));
  const base = isAddress && !(await get(`${where}/checkpoint`)) ? `${where}/log` : where;
  const read = (path) => (isAddress ? get(`${base}/${path}`) : readFile(`${base}/${path}`).catch(() => null));
  const must = async (path) => text((await read(path)) ?? fail(`${base}/${path} cannot be read`));
  const keys = given.length ? given : (await must('keys')).trim().split('\n').map(parseKey);
  if (!given.length) console.error('believing the keys the server shows', ...keys.map(({ vkey }) => vkey));
  const head = openHead(await must('checkpoint'), keys, witnesses);
  const olds = [];
  for (const file of values.checkpoint) {
    const inProof = /^c2sp\.org\/tlog-proof@v1\n.*?\n\n/s;
    const old = openHead((await readFile(file, 'utf8')).replace(inProof, ''), keys);
    const hashes = await readFile(`${file}.hashes`).catch(() => undefined);
    const tree = new Tree();
    for (let at = 0; hashes && at < Number(old.size); at += 1) tree.push(hashAt(hashes, at));
    if (hashes && !same(tree.root(), old.root)) fail(`${file}.hashes does not belong to ${file}`);
    if (old.origin !== head.origin) fail(`${file} is the head of another log, ${old.origin}`);
    olds.push({ ...old, hashes });
  }
  const [hashes, began] = [[], performance.now()];
  const books = await walk(read, head, { olds, onHash: (hash) => values.save && hashes.push(hash) });
  const numbers = books.numbers();
  if (values.save) {
    await writeFile(values.save, head.note);
    await writeFile(`${values.save}.hashes`, Buffer.concat(hashes));
  }
  return { ...about(head), seconds: Math.round(performance.now() - began) / 1000, ...numbers };
};

const about = ({ origin, size, root, signedBy, witnessed }) => ({
  origin,
  size,
  root: base64(root),
  signedBy: signedBy.map(({ vkey }) => vkey),
  witnessed: witnessed.map(({ key, time }) => `${key.name} ${time.toISOString()}`),
});
const print = (it) => console.log(JSON.stringify(it, (_, one) => (typeof one === 'bigint' ? `${one}` : one)));
const report = ({ message, index = null, to = index }) => {
  process.exitCode = 1;
  const range = to > index ? { firstBadBetween: [index, to] } : {};
  print({ ok: false, why: message, firstBadIndex: index, ...range });
};

if (node && import.meta.url === (await import('node:url')).pathToFileURL(process.argv[1] ?? '').href)
  await main().then((found) => print({ ok: true, ...found }), report);

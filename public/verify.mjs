#!/usr/bin/env node
// Checks Shanlu's public log without trusting Shanlu. One file, no dependency; read it before you run it.
//
//   node verify.mjs https://shanlu.example.org    reads the whole log and recomputes every public number
//   node verify.mjs FOLDER                        the same from downloaded files
//   node verify.mjs G-0095.tlog-proof --key VKEY  checks one proof file, without a network
//
//   --checkpoint FILE   a head you kept (from a receipt, a mail, --save); the log must continue it. May be repeated.
//                       With FILE.hashes beside it the exact first bad leaf is named, else the range it lies in.
//   --save FILE         keeps today's head as FILE and the hashes of all leaves as FILE.hashes, for the next time
//   --key VKEY          the log's public key; without it the keys the server shows are believed, and shown
//   --witness VKEY      a witness that must have signed the head too
//
// Ends with one line of JSON. Exit 0: all agrees. Exit 1: something does not; `firstBadIndex` says which leaf.
// What is checked, and how the numbers come about, is written down in docs/log.md.

// ——— 1. The tree (RFC 6962): leaf = SHA-256(0x00 ‖ data), node = SHA-256(0x01 ‖ left ‖ right) ———

// Node brings hashing and signatures; a browser that uses this file puts its own in here (verify-page.mjs does).
const node = globalThis.process?.versions?.node ? await import('node:crypto') : null;
export const crypto = {
  sha256: (bytes) =>
    node.hash?.('sha256', bytes, 'buffer') ?? node.createHash('sha256').update(bytes).digest(),
  ed25519: (publicKey, message, signature) => {
    const der = joined(
      Uint8Array.from(atob('MCowBQYDK2VwAyEA'), (letter) => letter.charCodeAt(0)),
      publicKey,
    );
    return node.verify(null, message, { key: der, format: 'der', type: 'spki' }, signature);
  },
};

const joined = (...parts) => {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  parts.reduce((at, part) => (all.set(part, at), at + part.length), 0);
  return all;
};
const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);
export const leafHash = (data) => crypto.sha256(joined(LEAF, data));
const nodeHash = (left, right) => crypto.sha256(joined(NODE, left, right));
const same = (a, b) => a.length === b.length && a.every((byte, at) => byte === b[at]);

/** A growing tree, remembered as the hashes of its complete subtrees, largest first. */
class Tree {
  size = 0;
  edge = [];
  push(hash) {
    for (let rest = this.size; rest % 2 === 1; rest = (rest - 1) / 2) hash = nodeHash(this.edge.pop(), hash);
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
  if (index >= size) throw new Bad('the index lies outside the tree');
  const steps = [];
  let last = size - 1n;
  for (const neighbour of proof) {
    if (last === 0n) throw new Bad('the proof is too long');
    const onLeft = index % 2n === 1n || index === last;
    hash = onLeft ? nodeHash(neighbour, hash) : nodeHash(hash, neighbour);
    steps.push({ neighbour, onLeft, hash });
    if (onLeft) while (index % 2n === 0n && index !== 0n) [index, last] = [index / 2n, last / 2n];
    [index, last] = [index / 2n, last / 2n];
  }
  if (last !== 0n) throw new Bad('the proof is too short');
  return { root: hash, steps };
};

// ——— 2. Signed heads and proof files (c2sp.org/signed-note, tlog-checkpoint, tlog-cosignature, tlog-proof) ———

/** Something does not agree. `index` is the first bad leaf, or `index`…`to` the range it lies in. */
export class Bad extends Error {
  constructor(message, index, to = index) {
    super(message);
    Object.assign(this, { index, to });
  }
}

const utf8 = (text) => new TextEncoder().encode(text);
const text = (bytes) => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
export const base64 = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
const unbase64 = (encoded) => {
  const bytes = Uint8Array.from(atob(encoded), (letter) => letter.charCodeAt(0));
  if (base64(bytes) !== encoded) throw new Bad(`this is not base64: ${encoded.slice(0, 20)}`);
  return bytes;
};
const uint = (bytes) => bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
const whole = (digits) => {
  if (!/^(0|[1-9]\d{0,18})$/.test(digits)) throw new Bad(`this is not a size or index: ${digits}`);
  return BigInt(digits);
};

/** A public key is `name+id+key`: key = type ‖ 32 bytes, id = the first four bytes of SHA-256(name ‖ newline ‖ key). */
export const parseKey = (vkey) => {
  const [, name, id, encoded] = /^([^+\s]+)\+([0-9a-f]{8})\+(\S+)$/.exec(vkey) ?? [];
  const key = unbase64(encoded ?? '');
  const expected = uint(crypto.sha256(joined(utf8(`${name}\n`), key)).subarray(0, 4));
  if (key.length !== 33 || expected !== BigInt(`0x${id}`)) throw new Bad(`this is not a public key: ${vkey}`);
  return { name, id: expected, type: key[0], publicKey: key.subarray(1), vkey };
};

/** Opens a head: a key of the log must have signed it, and every one of `witnesses` too. */
export const openHead = (note, logKeys, witnesses = []) => {
  const split = note.lastIndexOf('\n\n');
  const [signed, lines] = [note.slice(0, split + 1), note.slice(split + 2, -1).split('\n')];
  const signatures = lines.map((line) => {
    const [, name, encoded] = /^— ([^\s+]+) (\S+)$/.exec(line) ?? [];
    const bytes = unbase64(encoded ?? '');
    return { name, id: uint(bytes.subarray(0, 4)), bytes: bytes.subarray(4) };
  });
  const [origin, size, root, end] = signed.split('\n');
  if (
    split < 0 ||
    !note.endsWith('\n') ||
    signatures.some(({ name }) => !name) ||
    !origin ||
    end === undefined
  )
    throw new Bad('the head is malformed');
  const head = { origin, size: whole(size), root: unbase64(root), note, signedBy: [], witnessed: [] };
  for (const key of [...logKeys, ...witnesses]) {
    const found = signatures.find(({ name, id }) => name === key.name && id === key.id);
    if (!found) continue;
    const time = key.type === 4 ? uint(found.bytes.subarray(0, 8)) : null;
    const message = time === null ? signed : `cosignature/v1\ntime ${time}\n${signed}`;
    if (!crypto.ed25519(key.publicKey, utf8(message), found.bytes.subarray(time === null ? 0 : 8)))
      throw new Bad(`the signature of ${key.name} does not hold`);
    if (logKeys.includes(key)) head.signedBy.push(key);
    else head.witnessed.push({ key, time: new Date(Number(time) * 1000) });
  }
  if (!head.signedBy.some(({ name }) => name === origin)) throw new Bad('the head is not signed by the log');
  const absent = witnesses.find((witness) => !head.witnessed.some(({ key }) => key === witness));
  if (absent) throw new Bad(`the witness ${absent.name} has not signed this head`);
  return head;
};

/** A .tlog-proof file holds the leaf, its index, its neighbours' hashes and a signed head. Proves nothing yet. */
export const readProof = (file) => {
  const blank = file.indexOf('\n\n');
  const [first, extra, index, ...hashes] = file.slice(0, Math.max(blank, 0)).split('\n');
  if (first !== 'c2sp.org/tlog-proof@v1' || !extra?.startsWith('extra ') || !index?.startsWith('index '))
    throw new Bad('this is not a proof file that carries its leaf');
  const proof = hashes.map(unbase64);
  return { leaf: unbase64(extra.slice(6)), index: whole(index.slice(6)), proof, note: file.slice(blank + 2) };
};

export const checkProof = (file, logKeys, witnesses) => {
  const { leaf, index, proof, note } = readProof(file);
  const head = openHead(note, logKeys, witnesses);
  if (!same(climb(index, head.size, leafHash(leaf), proof).root, head.root))
    throw new Bad('the hashes lead to another head than the signed one', Number(index));
  return { index, head, leaf: readLeaf(leaf) };
};

// ——— 3. What the leaves say, and from it every public number ———

const isSorted = (value) =>
  value === null ||
  typeof value !== 'object' ||
  (Object.values(value).every(isSorted) &&
    (Array.isArray(value) || Object.keys(value).every((key, at, keys) => at === 0 || keys[at - 1] < key)));

/** A leaf is canonical JSON (RFC 8785): one meaning, one sequence of bytes. */
export const readLeaf = (bytes) => {
  const written = text(bytes);
  const leaf = JSON.parse(written);
  if (JSON.stringify(leaf) !== written || !isSorted(leaf)) throw new Bad('this leaf is not canonical JSON');
  if (leaf.v !== 1 || !['entry', 'act', 'lots'].includes(leaf.type))
    throw new Bad('this leaf is of an unknown kind');
  return leaf;
};

const ROAD = ['allocated', 'committed', 'certified', 'paid'];
const STAGES = ['unallocated', ...ROAD, 'given', 'fees', 'returned', 'lost', 'shortfall'];
const CLASSES = [...STAGES, 'assets', 'liabilities', 'income', 'expense'];
// In our hands for the roads: what the bank holds, less what is owed to others than contractors (theirs is in our
// hands until it is paid), without what the bank itself added or took.
const HELD = /^(assets:|liabilities:(?!contractor-|retention-)|income:interest:|expense:bank-charges:)/;
const PROMISED = ['pledge_made', 'pledge_reopened'];
const FELL_AWAY = ['pledge_cancelled', 'pledge_written_off', 'pledge_released'];
const add = (map, key, by) => map.set(key, (map.get(key) ?? 0n) + by);

/** Adds up leaves. A posting takes its amount out of `from` and puts it into `to`, both of one book. */
export class Books {
  balances = new Map(); // "campaign currency account" → what was put in, less what was taken out
  pledges = new Map(); // "campaign currency" → what is promised
  roadOf = new Map(); // contract → the road it is for
  budgets = new Map(); // road → its approved budget now
  mirrors = new Map(); // entry → its postings turned round, as a reversal must repeat them
  reversed = new Set();
  unexplained = new Map(); // entry → what it moved for which no gift has been named yet

  add(leaf) {
    if (leaf.type === 'entry') this.entry(leaf);
    if (leaf.type === 'act') this.act(leaf);
    // What each entry moved for its purpose is made of gifts, in its own leaf or, when they are many, in `lots` leaves.
    const open = this.unexplained.get(leaf.seq ?? leaf.entry);
    for (const { from, to, amount } of leaf.lots ?? []) add(open, `${from} ${to}`, -BigInt(amount));
    if (open && [...open.values()].every((left) => left === 0n))
      this.unexplained.delete(leaf.seq ?? leaf.entry);
  }

  entry({ seq, postings, reverses, campaign }) {
    const line = (one, from, to) => [one.amount, one.currency, one[from], one[to]].join(' ');
    const lines = (from, to) => String(postings.map((one) => line(one, from, to)).sort());
    if (this.mirrors.has(seq)) throw new Bad(`entry ${seq} is here a second time`);
    if (reverses && (this.reversed.has(reverses) || this.mirrors.get(reverses) !== lines('from', 'to')))
      throw new Bad(`${seq} does not reverse ${reverses}`);
    this.reversed.add(reverses);
    this.mirrors.set(seq, lines('to', 'from'));
    const ofGifts = new Map();
    for (const { book, from, to, amount, currency } of postings) {
      if (!/^[1-9]\d*$/.test(amount) || ![from, to].every((code) => CLASSES.includes(code.split(':')[0])))
        throw new Bad(`${seq} has a posting that cannot be`);
      add(this.balances, `${campaign} ${currency} ${from}`, -BigInt(amount));
      add(this.balances, `${campaign} ${currency} ${to}`, BigInt(amount));
      if (book === 'purpose') add(ofGifts, `${from} ${to}`, BigInt(amount));
    }
    this.unexplained.set(seq, ofGifts);
  }

  act({ event, subject, campaign, facts }) {
    if (event === 'contract_signed') this.roadOf.set(subject, facts.segment);
    if (event === 'budget_approved') this.budgets.set(subject, facts.amount);
    const by = PROMISED.includes(event) ? 1n : FELL_AWAY.includes(event) ? -1n : 0n;
    if (by) add(this.pledges, `${campaign} ${facts.currency}`, by * BigInt(facts.amount));
  }

  /** The five numbers of each campaign and road. `difference`: what is meant for roads less what lies in the bank. */
  numbers() {
    for (const seq of this.unexplained.keys()) throw new Bad(`the gifts of ${seq} do not add up`);
    const [campaigns, roads] = [{}, {}];
    const zero = (names) => Object.fromEntries(names.map((name) => [name, 0n]));
    const sumsOf = (key) => (campaigns[key] ??= zero(['pledged', 'received', ...STAGES, 'held']));
    for (const [key, promised] of this.pledges) sumsOf(key).pledged = promised;
    for (const [key, balance] of this.balances) {
      const [campaign, currency, code] = key.split(' ');
      const [stage, of] = code.split(':');
      const sums = sumsOf(`${campaign} ${currency}`);
      if (balance < 0n && STAGES.slice(0, 4).includes(stage)) throw new Bad(`${code} is below zero`);
      if (STAGES.includes(stage)) sums[stage] += balance;
      if (HELD.test(code)) sums.held += balance;
      if (ROAD.includes(stage)) (roads[this.roadOf.get(of) ?? of] ??= zero(ROAD))[stage] += balance;
    }
    for (const [code, budget] of this.budgets) (roads[code] ??= zero(ROAD)).budget = budget;
    // What is paid was certified before, what is certified committed, what is committed allocated.
    for (const sums of [...Object.values(campaigns), ...Object.values(roads)])
      for (const at of [2, 1, 0]) sums[ROAD[at]] += sums[ROAD[at + 1]];
    for (const sums of Object.values(campaigns)) {
      [sums.given, sums.shortfall] = [-sums.given, -sums.shortfall];
      sums.received = sums.given - sums.returned - sums.lost;
      sums.difference = sums.unallocated + sums.allocated - sums.paid - sums.shortfall - sums.held;
    }
    return { campaigns, roads };
  }
}

// ——— 4. Reading the whole log (c2sp.org/tlog-tiles): files of 256 hashes, and of 256 leaves ———

const three = (number) => String(number).padStart(3, '0');
const place = (index) =>
  index < 1000
    ? three(index)
    : `${place(Math.floor(index / 1000)).replace(/(...)$/, 'x$1')}/${three(index % 1000)}`;
const tilePath = (level, index, width) => `tile/${level}/${place(index)}${width < 256 ? `.p/${width}` : ''}`;
const cut = (bundle) => {
  const leaves = [];
  for (let at = 0, end; at < bundle.length; at = end) {
    end = at + 2 + bundle[at] * 256 + bundle[at + 1];
    leaves.push(bundle.subarray(at + 2, end));
  }
  return leaves;
};
const hashAt = (hashes, at) => hashes?.subarray(at * 32, at * 32 + 32) ?? new Uint8Array();

/**
 * Reads every leaf, rebuilds the tree, and compares it with the served hashes, the signed head and every older head.
 * `read(path)` gives a file's bytes or null; `olds` are heads kept earlier, with `hashes` if those were kept too.
 */
export const walk = async (read, head, { olds = [], books = new Books(), onHash, onProgress } = {}) => {
  const [tree, size, ahead] = [new Tree(), Number(head.size), []];
  const kept = olds.map(({ hashes }) => hashes ?? []).sort((a, b) => b.length - a.length)[0] ?? [];
  let [bad, agreed] = [null, 0];
  const blame = (why, index, to) => (bad ??= new Bad(why, index, to));
  for (let next = 0; tree.size < size; onProgress?.(tree.size, size)) {
    for (; next < size && ahead.length < 16; next += 256) {
      const [tile, width] = [next / 256, Math.min(256, size - next)];
      ahead.push(Promise.all(['entries', 0].map((level) => read(tilePath(level, tile, width)))));
    }
    const [bundle, served] = await ahead.shift();
    for (const [at, leaf] of [...cut(bundle ?? []), ...Array(256)]
      .slice(0, Math.min(256, size - tree.size))
      .entries()) {
      const index = tree.size;
      const hash = leaf ? leafHash(leaf) : new Uint8Array(32);
      if (!leaf) blame('this leaf is missing', index);
      else if (index * 32 < kept.length && !same(hash, hashAt(kept, index)))
        blame('this leaf was another one before', index);
      else if (!same(hash, hashAt(served, at))) blame('this leaf and its published hash differ', index);
      try {
        if (!bad) books.add(readLeaf(leaf));
      } catch ({ message }) {
        blame(message, index);
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
  if (!same(tree.root(), head.root)) blame('the leaves do not lead to the signed head', agreed, size - 1);
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
  if (!where) throw new Bad('say what to check: an address, a folder or a .tlog-proof file');
  const [given, witnesses] = [values.key.map(parseKey), values.witness.map(parseKey)];
  const isAddress = /^https?:/.test(where);
  if (!isAddress && (await stat(where)).isFile()) {
    if (!given.length) throw new Bad('say with --key whose signature to believe');
    const { index, head, leaf } = checkProof(await readFile(where, 'utf8'), given, witnesses);
    return { index, leaf, ...about(head) };
  }

  const get = async (url) => {
    const answer = await fetch(url);
    return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : null;
  };
  const base = isAddress && !(await get(`${where}/checkpoint`)) ? `${where}/log` : where;
  const read = (path) => (isAddress ? get(`${base}/${path}`) : readFile(`${base}/${path}`).catch(() => null));
  const must = async (path) => text((await read(path)) ?? fail(`${base}/${path} cannot be read`));
  const keys = given.length ? given : (await must('keys')).trim().split('\n').map(parseKey);
  if (!given.length)
    console.error(`believing the keys the server shows: ${keys.map(({ vkey }) => vkey).join(' ')}`);
  const head = openHead(await must('checkpoint'), keys, witnesses);

  const olds = [];
  for (const file of values.checkpoint) {
    const old = openHead(await readFile(file, 'utf8'), keys);
    const hashes = await readFile(`${file}.hashes`).catch(() => undefined);
    const tree = new Tree();
    for (let at = 0; hashes && at < Number(old.size); at += 1) tree.push(hashAt(hashes, at));
    if (hashes && !same(tree.root(), old.root)) throw new Bad(`${file}.hashes does not belong to ${file}`);
    if (old.origin !== head.origin) throw new Bad(`${file} is the head of another log, ${old.origin}`);
    olds.push({ ...old, hashes });
  }
  const hashes = [];
  const began = performance.now();
  const books = await walk(read, head, { olds, onHash: (hash) => values.save && hashes.push(hash) });
  const numbers = books.numbers();
  if (values.save) {
    await writeFile(values.save, head.note);
    await writeFile(`${values.save}.hashes`, Buffer.concat(hashes));
  }
  return { ...about(head), seconds: Math.round(performance.now() - began) / 1000, ...numbers };
};

const fail = (message) => {
  throw new Bad(message);
};
const about = ({ origin, size, root, signedBy, witnessed }) => ({
  origin,
  size,
  root: base64(root),
  signedBy: signedBy.map(({ vkey }) => vkey),
  witnessed: witnessed.map(({ key, time }) => `${key.name} ${time.toISOString()}`),
});
const print = (found) =>
  console.log(JSON.stringify(found, (_, one) => (typeof one === 'bigint' ? `${one}` : one)));
const report = ({ message, index, to }) => {
  print({
    ok: false,
    why: message,
    ...(to > index ? { firstBadBetween: [index, to] } : { firstBadIndex: index }),
  });
  process.exitCode = 1;
};

const { pathToFileURL } = node ? await import('node:url') : {};
if (node && import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  await main().then((found) => print({ ok: true, ...found }), report);

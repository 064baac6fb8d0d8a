// The page “Check it yourself” in the browser. All checking is done by verify.mjs, the same file that runs on its own
// under Node; this one reads the dropped file, shows each step, and draws the climb. Once loaded it needs no network.
import { ed25519, sha256 } from './browser-crypto.mjs';
import { climbFigure, make, money, numbersTable, say, short, stepItem, verdictBox } from './verify-draw.mjs';
import { proofIn } from './verify-file.mjs';
import { openSeals } from './verify-seal.mjs';
import {
  base64,
  Books,
  climb,
  crypto,
  leafHash,
  openHead,
  parseKey,
  readLeaf,
  readProof,
  walk,
} from './verify.mjs';

Object.assign(crypto, { sha256, ed25519 });

const page = document.getElementById('verify');
const { words, keys, witnesses, numbers, log } = JSON.parse(page.dataset.facts);
const logKeys = keys.map(parseKey);
const witnessKeys = witnesses.map(parseKey);
const result = document.getElementById('verify-result');

// ——— checking one file ———

/** The steps in order. A step that fails stops those that need it; each says what it did in plain words. */
const steps = async (bytes, privatePart) => {
  const done = [];
  const add = (state, title, body, more) => done.push({ state, title, body, more });
  const shown = {};
  try {
    const proof = readProof(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    const index = String(proof.index + 1n);
    const hashes = String(proof.proof.length);
    add('ok', words.read.title, say(words.read.body, { index, hashes }), [
      words.read.more,
      hex(sha256(bytes)),
    ]);
    Object.assign(shown, { proof, index, hashes });
    entryStep(add, shown);
    climbStep(add, shown);
    signatureStep(add, shown);
    witnessStep(add, shown);
    await todayStep(add, shown);
    if (privatePart) privateStep(add, shown, privatePart);
  } catch (error) {
    const why = error.message;
    if (done.at(-1)?.state === 'bad') return { done: filled(done), ...shown };
    if (done.length === 0) add('bad', words.read.title, say(words.readBad, { why }));
    else if (done.length === 1) add('bad', words.entry.title, say(words.entryBad, { why }));
    else if (done.length === 3) add('bad', words.signature.title, say(words.signatureBad, { why }));
    else if (done.length === 4) add('bad', words.witness.title, say(words.signatureBad, { why }));
    else add('bad', words.climbBad.title, why);
  }
  return { done: filled(done), ...shown };
};

/** Steps that could not be taken any more. */
const filled = (done) => [
  ...done,
  ...Array.from({ length: Math.max(0, 6 - done.length) }, () => ({
    state: 'off',
    title: words.notRun.title,
    body: words.notRun.body,
  })),
];

const entryStep = (add, shown) => {
  const { leaf } = shown.proof;
  shown.says = readLeaf(leaf);
  shown.what = whatOf(shown.says);
  const values = { what: shown.what, bytes: String(leaf.length) };
  add('ok', words.entry.title, say(words.entry.body, values), [words.entry.more, base64(leafHash(leaf))]);
};

const climbStep = (add, shown) => {
  const { proof, index, hashes } = shown;
  const [, size, root] = proof.note.split('\n');
  shown.size = size;
  shown.climbed = climb(proof.index, BigInt(size), leafHash(proof.leaf), proof.proof);
  const reached = base64(shown.climbed.root);
  if (reached !== root) {
    add(
      'bad',
      words.climbBad.title,
      say(words.climbBad.body, { reached: short(reached), signed: short(root) }),
    );
    throw new Error(words.climbBad.title);
  }
  add('ok', say(words.climb.title, { hashes }), say(words.climb.body, { index, size }), [
    words.climb.more,
    reached,
  ]);
};

const signatureStep = (add, shown) => {
  const head = openHead(shown.proof.note, logKeys);
  add(
    'ok',
    words.signature.title,
    say(words.signature.body, { key: head.signedBy[0].vkey.split('+', 2).join('+') }),
  );
};

const witnessStep = (add, shown) => {
  for (const witness of witnessKeys) {
    if (!shown.proof.note.includes(`— ${witness.name} `)) continue;
    const { time } = openHead(shown.proof.note, logKeys, [witness]).witnessed[0];
    const values = { name: witness.name, time: time.toLocaleString(document.documentElement.lang) };
    add('ok', words.witness.title, say(words.witness.body, values));
    return;
  }
  add('off', words.witness.title, words.witness.none);
};

/** With a network: today's head must hold the very same bytes at the very same place. */
const todayStep = async (add, shown) => {
  const { proof, index } = shown;
  let file;
  try {
    file = await get(`${log}/proof/leaf/${proof.index}.tlog-proof`);
  } catch {
    add('off', words.today.title, words.today.offline);
    return;
  }
  try {
    const today = readProof(text(file ?? new Uint8Array()));
    const head = openHead(today.note, logKeys);
    const same = base64(today.leaf) === base64(proof.leaf) && today.index === proof.index;
    const { root } = climb(today.index, head.size, leafHash(today.leaf), today.proof);
    if (!same || base64(root) !== base64(head.root)) throw new Error(short(base64(leafHash(today.leaf))));
    add('ok', words.today.title, say(words.today.body, { size: String(head.size), index }));
    shown.isToday = true;
  } catch (error) {
    add('bad', words.today.title, say(words.today.bad, { index, why: error.message }));
  }
};

/** The private part of a receipt: what the entry only seals, opened on this device for whoever holds it. */
const privateStep = (add, { says }, privatePart) => {
  try {
    const opened = Object.entries(openSeals(says, JSON.parse(text(privatePart))));
    const values = opened.map(([field, value]) => `${words.field[field] ?? field}: ${value}`).join(' · ');
    add('ok', words.private.title, say(words.private.body, { values }));
  } catch (error) {
    const field = words.field[error.field] ?? words.field.other;
    add('bad', words.private.title, say(words.private.bad, { field }));
  }
};

/** What a leaf is about, for a person: number and amount, or number and event. */
const whatOf = ({ type, subject, seq, event, postings = [] }) => {
  const main = postings.find(({ book }) => book === 'purpose') ?? postings[0];
  if (type === 'act' || !main) return `${subject} · ${event}`;
  return `${subject ?? seq}, ${money(main.amount, main.currency)}`;
};

const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
const text = (bytes) => new TextDecoder().decode(bytes);

// ——— reading files ———

/** The bytes behind an address, null when there are none. Throws with `unread` when the network did not carry them. */
const get = async (url) => {
  try {
    const answer = await fetch(url);
    if (answer.status >= 500) throw new Error(String(answer.status));
    return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : null;
  } catch (cause) {
    throw Object.assign(new Error(words.whole.unread, { cause }), { unread: true });
  }
};

const showFile = ({ done, what, climbed, index, size, isToday }) => {
  const bad = done.findIndex(({ state }) => state === 'bad');
  const [count, off] = ['ok', 'off'].map((is) => String(done.filter(({ state }) => state === is).length));
  const title = say(off === '0' ? words.verdict.ok : words.verdict.okSome, { count, off });
  const verdict =
    bad < 0
      ? verdictBox(true, title, [say(isToday ? words.verdict.okBody : words.verdict.okAlone, { what })])
      : verdictBox(
          false,
          say(words.verdict.bad, { step: String(bad + 1) }),
          [words.verdict.badBody],
          saveLink(done),
        );
  const list = make('ol', { class: 'verify-steps' }, ...done.map((step) => stepItem(step, words)));
  const figure = climbed && climbFigure(climbed, index, size, words);
  show(verdict, make('div', { class: figure ? 'verify-columns' : '' }, list, figure));
};

const saveLink = (found) => {
  const blob = new Blob([JSON.stringify(found, null, 2)], { type: 'application/json' });
  return make(
    'a',
    { class: 'btn btn-line', href: URL.createObjectURL(blob), download: 'findings.json' },
    words.verdict.save,
  );
};

const show = (...children) => {
  document.getElementById('verify-server')?.setAttribute('hidden', '');
  result.replaceChildren(...children);
  result.scrollIntoView({ block: 'nearest' });
};

// ——— the whole log ———

const wholeLog = async (button) => {
  button.setAttribute('aria-disabled', 'true');
  const progress = make('p', { role: 'status' });
  show(make('section', { class: 'verify-progress' }, progress));
  const began = performance.now();
  try {
    const head = openHead(text((await get(`${log}/checkpoint`)) ?? new Uint8Array()), logKeys);
    const books = await walk((path) => get(`${log}/${path}`), head, {
      books: new Books(),
      onProgress: (done, all) =>
        (progress.textContent = say(words.whole.progress, { done: String(done), all: String(all) })),
    });
    const { campaigns } = books.numbers();
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    const title = say(words.whole.ok, { size: String(head.size), seconds });
    show(
      verdictBox(true, title, [words.whole.okBody]),
      ...Object.entries(campaigns).map(([key, found]) => numbersTable(key, found, numbers[key] ?? {}, words)),
    );
  } catch ({ message, index, unread }) {
    const why =
      index === undefined ? message : say(words.whole.badAt, { index: String(index + 1), why: message });
    if (unread) show(verdictBox(false, words.whole.unread, [words.whole.unreadBody]));
    else show(verdictBox(false, words.whole.bad, [why]));
  }
  button.removeAttribute('aria-disabled');
};

// ——— what a person does ———

const checkBytes = async (bytes) => {
  const { proof, privatePart } = await proofIn(bytes);
  if (proof) showFile(await steps(proof, privatePart));
  else show(verdictBox(false, words.noProof, []));
};

const checkNumber = async (name) => {
  const path = name.split('/').map(encodeURIComponent).join('/');
  const file = await get(`${log}/proof/${path}.tlog-proof`).catch(({ unread }) => unread);
  if (file === true) show(verdictBox(false, words.whole.unread, [words.whole.unreadBody]));
  else if (file) await checkBytes(file);
  else show(verdictBox(false, say(words.unknown, { name }), []));
};

const input = document.getElementById('verify-file');
input.addEventListener('change', async () => {
  const [file] = input.files;
  if (file) await checkBytes(new Uint8Array(await file.arrayBuffer()));
  input.value = '';
});
const form = document.getElementById('verify-number');
form.addEventListener('submit', (event) => {
  event.preventDefault();
  void checkNumber(new FormData(form).get('gift').trim());
});
document
  .getElementById('verify-whole')
  ?.addEventListener('click', (event) => void wholeLog(event.currentTarget));
for (const element of page.querySelectorAll('[data-needs-script]')) element.removeAttribute('hidden');
page.dataset.ready = 'true';

const asked = new URLSearchParams(location.search);
const leaf = asked.get('leaf'); // the number people see; the first leaf is number 1 and has index 0
const name =
  ['gift', 'thing', 'road'].map((is) => asked.get(is)).find(Boolean) ?? (leaf && `leaf/${Number(leaf) - 1}`);
if (name) void checkNumber(name);

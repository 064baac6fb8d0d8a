import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LANGUAGES, type Lang } from '@/lib/i18n/languages';
import { verify } from '@/lib/i18n/messages/verify';
import { signCheckpoint } from '@/lib/proof/checkpoint';
import { commit, newSalt } from '@/lib/proof/commitment';
import { entryLeaf } from '@/lib/proof/leaf';
import { Frontier, inclusionSpans, leafHash, proofOf, type Hash } from '@/lib/proof/merkle';
import { newSignerKey } from '@/lib/proof/note';
import { entryBundle, tilePath, tilesOf } from '@/lib/proof/tiles';
import { formatTlogProof } from '@/lib/proof/tlog-proof';
import { receiptPdf } from '@/lib/receipts/receipt-pdf.gateway';
import { RECEIPT } from '../rules/receipts/receipt-fixture';
import { launchBrowser } from '../support/browser';

// The scripts of the page “Check it yourself” in a real Chromium, over a log of their own and a receipt as it is printed:
// once the page is loaded the network goes, and everything about the receipt is still checked, in every language.

const SIZE = 300;
const GIFT = 95;
const { signer } = newSignerKey('shanlu.test/log');
const salts = { name: newSalt(), phone: newSalt() };
const values = { name: '陳大文', phone: '+852 9000 0007' };

const giftLeaf = (n: number): Buffer =>
  Buffer.from(
    entryLeaf({
      number: `E-${n}`,
      kind: 'gift_received',
      date: '2023-09-16',
      recorded: '2023-09-16',
      campaign: 'c',
      reverses: null,
      subject: `G-${n}`,
      postings: [
        {
          book: 'financial',
          from: 'income:donations:c',
          to: 'assets:bank:c',
          amountMinor: 50_000n,
          currency: 'CNY',
        },
        { book: 'purpose', from: 'given:c', to: 'unallocated:c', amountMinor: 50_000n, currency: 'CNY' },
      ],
      lots: [{ gift: `G-${n}`, from: 'given:c', to: 'unallocated:c', amountMinor: 50_000n }],
      commitments: n === GIFT ? sealed : undefined,
    }),
  );
const sealed = {
  name: commit(salts.name, 'gift', 'name', values.name),
  phone: commit(salts.phone, 'gift', 'phone', values.phone),
};
const privatePart = (name = values.name): string => {
  const openings = [
    { domain: 'gift', field: 'name', value: name, salt: salts.name.toString('base64') },
    { domain: 'gift', field: 'phone', value: values.phone, salt: salts.phone.toString('base64') },
  ];
  return `${JSON.stringify({ format: 'shanlu-openings@v1', gift: `G-${GIFT}`, openings }, null, 1)}\n`;
};

const leaves = Array.from({ length: SIZE }, (_, n) => giftLeaf(n));
const nodes = new Map<string, Hash>();
const tree = new Frontier();
for (const leaf of leaves)
  tree.append(leafHash(leaf), ({ level, index }, hash) => nodes.set(`${level}/${index}`, hash));
const node = (level: number, index: bigint): Hash => nodes.get(`${level}/${index}`) ?? Buffer.alloc(0);
const checkpoint = signCheckpoint(
  { origin: 'shanlu.test/log', size: BigInt(SIZE), root: tree.root() },
  signer,
);
const proof = formatTlogProof({
  extra: leaves[GIFT] ?? null,
  index: BigInt(GIFT),
  hashes: proofOf(inclusionSpans(BigInt(GIFT), BigInt(SIZE)), ({ level, index }) => node(level, index)),
  checkpoint,
});

/** What the server has: the log, the scripts, and the page with the facts the real one is given. */
const files = new Map<string, string | Uint8Array>([
  ['/log/checkpoint', checkpoint],
  [`/log/proof/leaf/${GIFT}.tlog-proof`, proof],
]);
for (const tile of tilesOf(BigInt(SIZE))) {
  const first = tile.index * 256n;
  const hashes = Array.from({ length: tile.width }, (_, at) => node(tile.level * 8, first + BigInt(at)));
  files.set(`/log/${tilePath(tile)}`, Buffer.concat(hashes));
  const bundle = leaves.slice(Number(first), Number(first) + tile.width);
  if (tile.level === 0) files.set(`/log/${tilePath({ ...tile, level: 'entries' })}`, entryBundle(bundle));
}
for (const name of ['verify', 'verify-page', 'verify-draw', 'verify-file', 'verify-seal', 'browser-crypto'])
  files.set(`/${name}.mjs`, readFileSync(`public/${name}.mjs`));
const pageIn = (lang: Lang): string => {
  const facts = { words: verify[lang].script, keys: [signer.vkey], witnesses: [], numbers: {}, log: '/log' };
  const attribute = JSON.stringify(facts).replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  return `<!doctype html><html lang="${lang}"><meta charset="utf-8"><title>.</title>
    <div id="verify" data-facts="${attribute}"><form id="verify-number"><input name="gift"></form>
    <input type="file" id="verify-file"><button id="verify-whole">.</button><div id="verify-result"></div></div>
    <script type="module" src="/verify-page.mjs"></script></html>`;
};
for (const lang of LANGUAGES) files.set(`/${lang}`, pageIn(lang));

let server: Server;
let browser: Browser;
const folder = mkdtempSync(join(tmpdir(), 'shanlu-page-'));
beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  const receipt = { ...RECEIPT, proof: RECEIPT.proof && { ...RECEIPT.proof, file: proof } };
  for (const [name, part] of [
    ['receipt.pdf', privatePart()],
    ['of-another.pdf', privatePart('陳小文')],
  ] as const)
    writeFileSync(join(folder, name), (await receiptPdf({ ...receipt, privatePart: part })).bytes);
  writeFileSync(join(folder, 'gift.tlog-proof'), proof);
  server = createServer((request, response) => {
    const file = files.get(request.url ?? '');
    const type = request.url?.endsWith('.mjs') ? 'text/javascript' : 'text/html';
    response.writeHead(file === undefined ? 404 : 200, { 'content-type': type }).end(file);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  browser = await launchBrowser();
}, 120_000);
afterAll(async () => {
  await browser.close();
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

const check = async (page: Page, name: string): Promise<{ verdict: string; states: string[] }> => {
  await page.evaluate(() => document.getElementById('verify-result')?.replaceChildren());
  await page.setInputFiles('#verify-file', join(folder, name));
  await page.locator('.verify-step').first().waitFor();
  const states = await page
    .locator('.verify-step')
    .evaluateAll((all) => all.map((step) => /verify-(ok|bad|off)/.exec(step.className)?.[1] ?? ''));
  return { verdict: await page.locator('.verify-verdict').innerText(), states };
};

describe.each(LANGUAGES)('in %s', (lang) => {
  it('the whole log with a network; proof, receipt and its private part without', async () => {
    const page = await browser.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/${lang}`);
    await page.locator('#verify[data-ready]').waitFor({ state: 'attached' });
    const words = verify[lang].script;
    await page.locator('#verify-whole').click();
    await page.locator('.verify-verdict').waitFor();
    expect(await page.locator('.verify-verdict').innerText()).toContain(words.whole.okBody);
    const what = `G-${GIFT}, ¥500.00`;
    const compared = await check(page, 'gift.tlog-proof');
    expect(compared.states).toEqual(['ok', 'ok', 'ok', 'ok', 'off', 'ok']);
    expect(compared.verdict).toContain(words.verdict.okBody.replace('{what}', what));

    await page.context().setOffline(true);
    // What was not read is neither called good nor bad, and what was not compared is not called unchanged.
    await page.locator('#verify-whole').click();
    await page.getByText(words.whole.unreadBody).waitFor();
    const bare = await check(page, 'gift.tlog-proof');
    expect(bare.verdict).toContain(words.verdict.okAlone.replace('{what}', what));
    expect(bare.states).toEqual(['ok', 'ok', 'ok', 'ok', 'off', 'off']);
    expect(bare.verdict).toContain(`G-${GIFT}`);
    const receipt = await check(page, 'receipt.pdf');
    expect(receipt.states).toEqual([...bare.states, 'ok']);
    const last = await page.locator('.verify-step').last().innerText();
    for (const text of [words.private.title, values.name, values.phone]) expect(last).toContain(text);
    const other = await check(page, 'of-another.pdf');
    expect(other.states).toEqual([...bare.states, 'bad']);
    expect(await page.locator('.verify-step').last().innerText()).toContain(words.field.name);
    expect(errors).toEqual([]);
    await page.context().close();
  }, 90_000);
});

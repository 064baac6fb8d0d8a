import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import '../support/route-settings';
import { pino } from 'pino';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { sendReport } from '@/app/[lang]/(donor)/report/actions';
import { actOnDesk } from '@/app/[lang]/finance/_desk/action';
import { importRoads } from '@/app/[lang]/finance/roads/import/actions';
import { POST as handInStatement } from '@/app/[lang]/finance/statements/upload/route';
import { sendDirectly } from '@/app/[lang]/site/[code]/actions';
import { PATCH, POST, PUT } from '@/app/api/site/uploads/[id]/route';
import type { Actor } from '@/lib/auth/roles.rules';
import { sha256Hex } from '@/lib/files/hashing';
import { uploadsRefused } from '@/lib/files/intake';
import { refusals } from '@/lib/i18n/messages/refusals';
import { metricsText } from '@/lib/jobs/metrics';
import { readiness } from '@/lib/jobs/readiness';
import { openBankAccount } from '@/lib/reconciliation/account.commands';
import { newId } from '@/lib/shared/id';
import { EICAR, openFakeClamd, type FakeClamd, type Manner } from '../support/fake-clamd';
import { useWorld, written } from '../support/routes';
import { CAMPAIGN, ON, RoadsKit, words } from './roads-kit';

// Every door through which a file comes in, with a scanner set: what it finds, or cannot say, is kept by none of them.

const { folder } = vi.hoisted(() => {
  const made = `${process.env['TMPDIR'] ?? '/tmp'}/shanlu-scanned-${process.pid}`;
  process.env['DATA_DIR'] = `${made}/data`;
  process.env['CLAMD_ADDRESS'] = `${made}/clamd.ctl`;
  return { folder: made };
});

const asking = vi.hoisted(() => ({ actor: { kind: 'visitor' } as Actor }));
vi.mock('@/lib/auth/session', async (original) => ({
  ...(await original<object>()),
  currentActor: () => Promise.resolve(asking.actor),
  requireStaff: () => Promise.resolve(asking.actor),
  refuseForeignAction: () => Promise.resolve(),
  requestNetwork: () => Promise.resolve(`198.51.100.${Math.floor(performance.now()) % 250}`),
}));

const held = globalThis as { shanluFilesLog?: unknown };
const lines: Record<string, unknown>[] = [];
let scanner: FakeClamd;
let kit: RoadsKit;
let road: string;
let redactable: string;
let end: () => Promise<void>;
beforeAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  scanner = await openFakeClamd({ path: join(folder, 'clamd.ctl') }, { streamMax: 1_000_000 });
  held.shanluFilesLog = pino(
    { base: null },
    { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) },
  );
  kit = await RoadsKit.open(4);
  end = useWorld(kit.world);
  road = await kit.fundedRoad(100_000n);
  redactable = await kit.paper(road, 'invoice', { visibility: 'redacted' });
  await kit.act(
    openBankAccount,
    { code: 'boc-main', campaign: CAMPAIGN, name: words('中国银行'), number: '0300', main: true },
    kit.staff.lin,
  );
});
beforeEach(() => {
  scanner.manner = 'real';
  scanner.received.length = 0;
  lines.length = 0;
});
afterAll(async () => {
  delete held.shanluFilesLog;
  await end();
  await kit.close();
  await scanner.close().catch(() => undefined);
  rmSync(folder, { recursive: true, force: true });
});

/** Every file below the shelves, half ones too. */
const files = (): string[] =>
  existsSync(join(folder, 'data'))
    ? readdirSync(join(folder, 'data'), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .sort()
    : [];

let shade = 0;
/** A photograph nobody sent before; the virus lies behind its pixels, where no decoder looks. */
const picture = async (virus: boolean): Promise<Buffer> => {
  shade += 1;
  const background = { r: shade % 256, g: 90, b: 40 };
  const made = await sharp({ create: { width: 64, height: 48, channels: 3, background } })
    .jpeg()
    .toBuffer();
  return virus ? Buffer.concat([made, Buffer.from(EICAR)]) : made;
};
const text = (words_: string, virus: boolean): Buffer => Buffer.from(virus ? `${words_}\n${EICAR}` : words_);

const form = (fields: Readonly<Record<string, string | Blob>>): FormData => {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return data;
};
const fileOf = (bytes: Buffer, name: string): File => new File([Uint8Array.from(bytes)], name);

type Answer = { readonly said: string; readonly field?: string | null | undefined };
/** Where `redirect` of Next led, or what the action answered. */
const led = async (act: () => Promise<{ message: string | null } | void>): Promise<Answer> => {
  try {
    const state = await act();
    const field =
      state && 'field' in state
        ? (state.field as string | null)
        : state && 'atUpload' in state && state.atUpload === true
          ? 'upload'
          : null;
    return { said: (state && state.message) ?? 'shown', field };
  } catch (error) {
    const to = String((error as { digest?: string }).digest).split(';')[2] ?? '';
    if (to === '') throw error;
    const why = /refused=(\w+)/.exec(to)?.[1];
    return { said: why === undefined ? 'taken' : refusals.en[why as 'file_infected'] };
  }
};

const desk = (fields: Readonly<Record<string, string | Blob>>) => (): Promise<Answer> =>
  led(() =>
    actOnDesk(
      { message: null, field: null, values: {} },
      form({ lang: 'en', key: newId(), campaign: CAMPAIGN, segment: road, on: ON, ...fields }),
    ),
  );

const site = (method: 'POST' | 'PUT' | 'PATCH', id: string, body: BodyInit, query = ''): Promise<Response> =>
  ({ POST, PUT, PATCH })[method](
    new Request(`http://localhost:3000/api/site/uploads/${id}${query}`, {
      method,
      body,
      headers: { origin: 'http://localhost:3000', 'sec-fetch-site': 'same-origin' },
    }),
    { params: Promise.resolve({ id }) },
  );

type Door = {
  readonly name: string;
  readonly as: keyof RoadsKit['staff'];
  readonly field: string;
  /** Sends a harmless file, or the same with a virus in it. */
  readonly send: (virus: boolean) => Promise<Answer>;
};

const DOORS: readonly Door[] = [
  {
    name: 'a photograph of the works, by form',
    as: 'he',
    field: 'photograph',
    send: async (virus) =>
      desk({ act: 'photograph.file', stage: 'before', photograph: fileOf(await picture(virus), 'a.jpg') })(),
  },
  {
    name: 'a photograph of the works, from the site without script',
    as: 'he',
    field: '',
    send: async (virus) => {
      const photograph = fileOf(await picture(virus), 'a.jpg');
      const fields = { lang: 'en', key: newId(), segment: road, stage: 'before', station: 'A', on: ON };
      return led(() => sendDirectly(form({ ...fields, photograph })));
    },
  },
  {
    name: 'a photograph of the works, in pieces',
    as: 'he',
    field: '',
    send: async (virus) => {
      const bytes = await picture(virus);
      const id = newId();
      const plan = { sha256: sha256Hex(bytes), sizeBytes: bytes.length, pieceBytes: 4096 };
      await site('POST', id, JSON.stringify(plan));
      for (let no = 0; no * 4096 < bytes.length; no += 1)
        await site('PUT', id, Uint8Array.from(bytes.subarray(no * 4096, (no + 1) * 4096)), `?piece=${no}`);
      const facts = { segment: road, stage: 'before', station: 'A', on: ON, capturedAt: null, place: null };
      const answer = await site('PATCH', id, JSON.stringify(facts));
      const { refused } = (await answer.json()) as { refused?: 'file_infected' | 'file_not_checked' };
      // The phone keeps what could not be checked, and sends it again by itself.
      if (refused !== undefined) expect(answer.status).toBe(refused === 'file_not_checked' ? 503 : 422);
      return { said: refused === undefined ? 'taken' : refusals.en[refused] };
    },
  },
  {
    name: 'an acceptance sheet',
    as: 'he',
    field: 'document',
    send: async (virus) => desk({ act: 'sheet.file', document: fileOf(await picture(virus), 'sheet.jpg') })(),
  },
  {
    name: 'a tender paper',
    as: 'lin',
    field: 'document',
    send: async (virus) =>
      desk({
        act: 'quote.record',
        contractor: 'CO-A',
        amount: '900',
        document: fileOf(await picture(virus), 'quote.jpg'),
      })(),
  },
  {
    name: 'a blacked-out copy',
    as: 'zhou',
    field: 'copy',
    send: async (virus) =>
      desk({ act: 'document.redact', document: redactable, copy: fileOf(await picture(virus), 'c.jpg') })(),
  },
  {
    name: 'a bank statement',
    as: 'lin',
    field: '',
    send: async (virus) => {
      const head = 'date,amount,currency,name,reference,memo';
      const bytes = text(`${head}\n2024-05-02,${(shade += 1)}.00,CNY,LEUNG,R1,ROAD`, virus);
      const body = form({ key: newId(), account: 'boc-main', file: fileOf(bytes, 's.csv') });
      const packed = new Request('http://localhost:3000/', { method: 'POST', body });
      const sent = Buffer.from(await packed.arrayBuffer());
      const answer = await handInStatement(
        new Request('http://localhost:3000/en/finance/statements/upload', {
          method: 'POST',
          body: sent,
          headers: {
            'content-type': packed.headers.get('content-type') ?? '',
            'content-length': String(sent.length),
          },
        }),
        { params: Promise.resolve({ lang: 'en' }) },
      );
      const why = /refused=(\w+)/.exec(answer.headers.get('location') ?? '')?.[1];
      return { said: why === undefined ? 'taken' : refusals.en[why as 'file_infected'] };
    },
  },
  {
    name: 'a picture of anyone’s report',
    as: 'lin',
    field: 'picture',
    send: async (virus) => {
      const fields = { lang: 'en', key: newId(), kind: 'irregularity', campaign: CAMPAIGN };
      const told = '路面有一道裂缝，请来看一看。';
      const data = form({ ...fields, told, picture: fileOf(await picture(virus), 'p.jpg') });
      return led(() => sendReport({ message: null, field: null, typed: {} }, data));
    },
  },
  {
    name: 'a file of roads',
    as: 'lin',
    field: 'upload',
    send: (virus) => {
      const roads = text('{"type":"FeatureCollection","features":[]}', virus);
      const upload = fileOf(roads, 'r.geojson');
      const before = {
        message: null,
        atUpload: false,
        roads: null,
        file: '',
        uploads: 0,
        grid: null,
        campaign: '',
      };
      const data = form({ lang: 'en', campaign: CAMPAIGN, grid: 'wgs84', upload });
      return led(() => importRoads(before, data));
    },
  },
];

const everything = async (): Promise<string> => `${await written(kit.world)} ${files().join(' ')}`;

describe.each(DOORS)('$name', (door) => {
  beforeEach(() => {
    asking.actor = kit.staff[door.as];
  });

  test('goes through the scanner and is taken when it is clean', async () => {
    const { said } = await door.send(false);
    // An empty file of roads holds none; that is said by who reads it, after the scanner.
    expect(said).toBe(door.field === 'upload' ? refusals.en.file_unreadable : 'taken');
    expect(scanner.received).toHaveLength(1);
    expect(lines).toEqual([]);
  });

  test('is refused by name with a virus in it: nothing is written, and the log says which file it was', async () => {
    const before = await everything();
    const counted = uploadsRefused().infected;
    const { said, field } = await door.send(true);
    expect(said).toBe(refusals.en.file_infected);
    if (door.field !== '') expect(field).toBe(door.field);
    expect(await everything()).toBe(before);
    expect(uploadsRefused().infected).toBe(counted + 1);
    const sent = scanner.received[0] ?? Buffer.alloc(0);
    expect(lines).toEqual([
      {
        level: 40,
        time: expect.any(Number) as number,
        field: expect.stringMatching(/^(?:photograph|document|copy|file|picture|upload)$/) as string,
        signature: 'Eicar-Test-Signature',
        sha256: sha256Hex(sent),
        bytes: sent.length,
        msg: 'upload infected',
      },
    ]);
  });

  test.each<Manner>(['cut without an answer', 'limits'])(
    'is refused when the scanner is of no use (%s): nothing is kept',
    async (manner) => {
      scanner.manner = manner;
      const shelves = files();
      const counted = uploadsRefused().not_checked;
      const { said, field } = await door.send(false);
      expect(said).toBe(refusals.en.file_not_checked);
      if (door.field !== '') expect(field).toBe(door.field);
      expect(files()).toEqual(shelves);
      expect(uploadsRefused().not_checked).toBe(counted + 1);
      expect(lines.map(({ level, msg }) => [level, msg])).toEqual([[50, 'upload not checked']]);
    },
  );
});

test('what to do is said in three languages', () => {
  for (const name of ['file_infected', 'file_not_checked'] as const) {
    const said = Object.values(refusals).map((all) => all[name]);
    expect(new Set(said).size).toBe(3);
    for (const sentence of said) expect(sentence.length).toBeGreaterThan(15);
  }
});

test('readiness and the figures say that the scanner is away, and when it is back', async () => {
  const seen = async () => {
    const figures = await metricsText(kit.db);
    return {
      scanner: (await readiness(kit.db)).checks.scanner,
      figure: /^shanlu_scanner_answers (\S+)$/m.exec(figures)?.[1],
      counted: /^shanlu_uploads_refused_total\{reason="infected"\} (\d+)$/m.exec(figures)?.[1],
    };
  };
  const counted = String(uploadsRefused().infected);
  expect(await seen()).toEqual({ scanner: { ok: true, says: 'answers' }, figure: '1', counted });
  await scanner.close();
  const away = { ok: false, says: 'does not answer: files are refused until it does' };
  expect(await seen()).toEqual({ scanner: away, figure: '0', counted });
  asking.actor = kit.staff.he;
  const before = files();
  expect((await DOORS[0]?.send(false))?.said).toBe(refusals.en.file_not_checked);
  expect(files()).toEqual(before);
  scanner = await openFakeClamd({ path: join(folder, 'clamd.ctl') });
  expect((await seen()).scanner.ok).toBe(true);
  expect((await DOORS[0]?.send(false))?.said).toBe('taken');
});

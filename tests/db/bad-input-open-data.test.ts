import '../support/route-settings';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GET as api } from '@/app/api/v1/[[...path]]/route';
import { GET as log } from '@/app/log/[...path]/route';
import { GET as openData } from '@/app/open-data/[...name]/route';
import { GET as file } from '@/app/files/[sha256]/route';
import { RESOURCES } from '@/lib/disclosure/open-data/resources';
import { cases } from '../support/bad-input';
import { newWorld, type World } from '../support/people';
import { expectNoInsides, listening, useWorld, written } from '../support/routes';

// Open data is asked for by programs nobody here wrote. Whatever they send is answered in a fifth of a second with a
// reason, and never reaches the database as anything but a value.

let world: World;
let end: () => Promise<void>;
beforeAll(async () => {
  world = await newWorld();
  end = useWorld(world);
  await get('entries', '?limit=1');
});
afterAll(async () => {
  await end();
  await world.close();
});

/** How long the processor worked, not how long it took: others use the machine too, and an expression that explodes works. */
const worked = (since: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1_000;
};

const answered = async (work: () => Promise<Response>) => {
  const began = process.cpuUsage();
  const { answer, printed } = await listening(work);
  const body = await answer.text();
  expectNoInsides(body);
  expectNoInsides(printed);
  return {
    status: answer.status,
    type: answer.headers.get('content-type'),
    body,
    ms: worked(began),
  };
};

const parts = (path: string): string[] => path.split('/').map((part) => encodeURIComponent(part));
const get = (path: string, query = '', encoded: string[] = parts(path)) =>
  answered(() =>
    api(new Request(`http://localhost:3000/api/v1/asked${query}`), {
      params: Promise.resolve({ path: encoded }),
    }),
  );

const list = 'entries';
const QUERIES: readonly string[] = [
  ...[
    '-1',
    '0',
    '501',
    '1000000000',
    '1e9',
    '1.5',
    'NaN',
    'Infinity',
    '',
    ' ',
    'ten',
    '0x',
    '1,000',
    '１０a',
    '9'.repeat(400),
    '1;2',
    '1 or 1=1',
    '[]',
    'null',
  ].map((limit) => `?limit=${encodeURIComponent(limit)}`),
  ...[
    'order=amount',
    'sort=secret',
    'sort=person.email',
    'orderBy=1',
    'fields=email',
    'select=*',
    'page=2',
    'offset=1',
    'include=donor',
    '$where=1',
    'filter[email]=x',
    'callback=alert',
    '__proto__=1',
    'constructor=1',
    '__proto__[limit]=1',
    'toString=1',
    'hasOwnProperty=1',
    'format=xml',
    'debug=1',
    'email=a@b.c',
  ].map((query) => `?${query}`),
  ...[
    'x',
    '!',
    'e30',
    'bnVsbA',
    'WyIxIiwiMiJd',
    'WzFd',
    'W10',
    'WyIxIG9yIDE9MSJd',
    'eyJhIjoxfQ',
    'WyJcdTAwMDAiXQ',
    '..',
    '%00',
    '\u0000',
    '9'.repeat(500),
    'WyI5OTk5OTk5OTk5OTk5OTk5OTk5OTk5Il0',
    "'; select 1; --",
  ].map((after) => `?after=${encodeURIComponent(after)}`),
  ...[
    'from=yesterday',
    'from=2024-13-01',
    'from=2024-02-30',
    'from=1',
    'until=',
    'until=2024-01-01T00:00',
    'from=%00',
    'from=2024-01-01%27',
  ],
  ...['limit=1&limit=2', 'limit=1&limit=1', 'after=&after=', 'from=2024-01-01&from=2024-01-02'],
  Array.from({ length: 50 }, (_, n) => `filter${n}=x`).join('&'),
  Array.from({ length: 2_000 }, (_, n) => `a${n}`).join('&'),
  `from=${'2'.repeat(50_000)}`,
  `${'('.repeat(5_000)}${')'.repeat(5_000)}=1`,
  'limit=%ff%fe',
  'limit[]=1',
].map((query) => (query.startsWith('?') ? query : `?${query}`));

describe('a list', () => {
  test('refuses what it cannot use by name, with less than a fifth of a second of work', async () => {
    const before = await written(world);
    for (const query of cases('queries', QUERIES)) {
      const { status, type, body, ms } = await get(list, query);
      expect(status, query.slice(0, 80)).toBe(400);
      expect(type, query.slice(0, 80)).toBe('application/problem+json');
      const said = JSON.parse(body) as { type: string; errors: { parameter: string }[] };
      expect(said.type).toMatch(/#problem-bad-parameter$/);
      expect(said.errors.length).toBeGreaterThan(0);
      expect(ms, query.slice(0, 80)).toBeLessThan(200);
    }
    expect(await written(world)).toBe(before);
  });

  test('takes any text a filter may hold as text, however it looks', async () => {
    const filters = RESOURCES.flatMap(({ name, filters: offered }) =>
      Object.entries(offered)
        .filter(([, { shape }]) => shape === 'text')
        .map(([filter]) => `${name}?${filter}=`),
    );
    const texts = [
      "' or 1=1 --",
      '%',
      '_',
      '\\',
      '$1',
      '(a+)+$',
      '%00',
      '\ud800',
      '‮',
      '😀',
      '*/select/*',
      'ML-07\u0000',
    ];
    const asked = filters.flatMap((filter) => texts.map((text) => [filter, text] as const));
    for (const [filter, text] of cases('filter-texts', asked)) {
      const [name = '', rest = ''] = filter.split('?');
      const { status, body, ms } = await get(name, `?${rest}${encodeURIComponent(text.toWellFormed())}`);
      expect([200, 400], `${filter}${text}`).toContain(status);
      if (status === 200) expect((JSON.parse(body) as { data: unknown[] }).data).toEqual([]);
      expect(ms).toBeLessThan(1_000);
    }
  });
});

const NAMES: readonly string[] = [
  'x',
  '0',
  '-1',
  '999999999',
  '99999999999999999999',
  'G-0000',
  'G-9999',
  'g-0001',
  'ML-99',
  "' or '1'='1",
  '%',
  '..',
  '../entries',
  '\u0000',
  'E-000001\u0000',
  'null',
  'undefined',
  'NaN',
  '[object Object]',
  '__proto__',
  'constructor',
  'toString',
  '{"$ne":null}',
  'a,b',
  '\ud800'.toWellFormed(),
  'x'.repeat(1_900),
  'person',
  '00000000-0000-0000-0000-000000000000',
];

describe('a thing that is not there', () => {
  test('is not there in the same words, whatever its name looks like, and wherever it is looked for', async () => {
    const missing = (await get('gifts/G-0000')).body;
    const asked = [
      'gifts',
      'segments',
      'entries',
      'payments',
      'nothing',
      '__proto__',
      'toString',
      '',
    ].flatMap((kind) => NAMES.map((name) => [kind, name] as const));
    for (const [kind, name] of cases('open-names', asked)) {
      const { status, body } = await get('', '', [kind, encodeURIComponent(name)]);
      expect([status, body], `${kind} ${name.slice(0, 40)}`).toEqual([404, missing]);
    }
  });

  test('neither are addresses that cannot be read, of the API, of files and of the log', async () => {
    const broken = cases('open-paths', [
      '%',
      '%E0%A4%A',
      '%00',
      'a%00b',
      '%ff',
      '%c0%ae%c0%ae',
      '%ed%a0%80',
      '%2',
      '%zz',
    ]);
    for (const part of broken) {
      const request = new Request('http://localhost:3000/x');
      const of = <T>(params: T) => ({ params: Promise.resolve(params) });
      for (const [where, work] of Object.entries({
        api: () => api(request, of({ path: ['gifts', part] })),
        apiName: () => api(request, of({ path: [part] })),
        openData: () => openData(request, of({ name: [part] })),
        log: () => log(request, of({ path: ['things', part] })),
        proof: () => log(request, of({ path: ['proof', `${part}.tlog-proof`] })),
        leaf: () => log(request, of({ path: ['leaf', part] })),
        tile: () => log(request, of({ path: ['tile', part] })),
        file: () => file(request, of({ sha256: part })),
      })) {
        const { status } = await answered(work);
        expect(status, `${where} ${part}`).toBe(404);
      }
    }
  });
});

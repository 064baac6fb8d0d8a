import { afterAll, beforeAll, expect, test } from 'vitest';
import { answerHeld, cancelImport, confirmColumns } from '@/lib/reconciliation/statement/import.commands';
import { parseTable } from '@/lib/reconciliation/statement/csv-rows.rules';
import { listenToImport } from '@/lib/reconciliation/statement/progress';
import { previewTable } from '@/lib/reconciliation/statement/preview.rules';
import { readStatement } from '@/lib/reconciliation/statement/read.rules';
import { newId } from '@/lib/shared/id';
import { must, refusalOf } from './donations-kit';
import { HEAD, openMatchingKit, type MatchingKit } from './matching-kit';

let kit: MatchingKit;
beforeAll(async () => {
  kit = await openMatchingKit();
}, 60_000);
afterAll(() => kit.close());

const outcome = (code: string) =>
  kit.db
    .selectFrom('bank_import')
    .select(['status', 'result', 'attempt', 'done_count', 'total_count'])
    .where('code', '=', code)
    .executeTakeFirstOrThrow();
const count = async (account = 'boc-main') => (await kit.lines(account)).length;
const ROW = '2024-05-02,500.00,CNY,LEUNG M*,R1,ROAD';

test('a file is taken in whole; again, overlapping and with equal genuine lines, nothing doubles', async () => {
  const first = await kit.take(`${HEAD}\n${ROW}\n${ROW}\n2024-05-03,-20.00,CNY,BANK,,fee\n`);
  expect(first.ended).toBe('done');
  expect((await outcome(first.code)).result).toMatchObject({ fresh: 3, known: 0, held: 0 });
  const second = await kit.take(`${HEAD}\n${ROW}\n${ROW}\n${ROW}\n`);
  expect((await outcome(second.code)).result).toMatchObject({ fresh: 1, known: 2 });
  expect(await count()).toBe(4);
});

test('the same movement by another route is known', async () => {
  const mt = [
    ':20:S1',
    ':25:0300',
    ':28C:1/1',
    ':60F:C240501CNY0,00',
    ':61:2405030503D20,00NCHGNONREF',
    ':86:fee',
    ':62F:D240503CNY20,00',
  ].join('\r\n');
  const taken = await kit.take(`${mt}\r\n`);
  expect((await outcome(taken.code)).result).toMatchObject({ fresh: 0, known: 1 });
});

test('a statement that does not add up is taken in as it is and says so', async () => {
  const mt = [
    ':20:S2',
    ':25:0300',
    ':28C:2/1',
    ':60F:C240601CNY100,00',
    ':61:2406030603C20,00NTRFX1',
    ':86:gift',
    ':62F:C240603CNY999,00',
  ].join('\r\n');
  const taken = await kit.take(`${mt}\r\n`);
  expect(taken.ended).toBe('done');
  const said = await kit.db
    .selectFrom('bank_statement as s')
    .innerJoin('bank_import as i', 'i.id', 's.import_id')
    .select(['s.adds_up', 's.closing_minor', 's.flags'])
    .where('i.code', '=', taken.code)
    .executeTakeFirstOrThrow();
  expect(said).toMatchObject({ adds_up: false, closing_minor: 99_900n, flags: ['does_not_add_up'] });
});

test('a broken file is refused with line and reason, and leaves nothing', async () => {
  const before = await count();
  const taken = await kit.take('%PDF-1.7 not a statement');
  expect(taken.ended).toBe('refused');
  expect((await outcome(taken.code)).result).toMatchObject({ reason: 'not_recognised', line: 1 });
  expect(await count()).toBe(before);
});

test('ambiguous dates are held, asked about, and taken in once with the answer', async () => {
  const file = 'Date,Amount,Payer,Description\n03/04/2024,70.00,HO,gift a\n05/06/2024,71.00,HO,gift b\n';
  const taken = await kit.take(file, 'abc-second');
  expect((await outcome(taken.code)).result).toMatchObject({ fresh: 0, held: 2 });
  expect(await count('abc-second')).toBe(0);
  must(await kit.run(answerHeld, { import: taken.code, options: { dateOrder: 'dmy' } }, kit.lin));
  const { runImport } = await import('@/lib/reconciliation/statement/import.flow');
  expect(await runImport(taken.code, { db: kit.db, read: () => Promise.resolve(Buffer.from(file)) })).toBe(
    'done',
  );
  expect((await kit.lines('abc-second')).map((line) => line.bookedOn)).toEqual(['2024-04-03', '2024-06-05']);
});

test('columns a person confirmed are used for the next file with that header', async () => {
  const file = 'A,B,C\n2024-05-04,5.00,one\n';
  const taken = await kit.take(file, 'abc-second');
  if (taken.ended === 'refused') {
    const preview = previewTable(Buffer.from(file));
    if (preview === null || preview === 'header_differs') throw new Error('no preview');
    const { columns } = preview.mapping;
    must(
      await kit.run(
        confirmColumns,
        {
          import: taken.code,
          mapping: {
            ...preview.mapping,
            header: ['A', 'B', 'C'],
            columns: { ...columns, date: 0, amount: 1, memo: [2] },
          },
        },
        kit.lin,
      ),
    );
  }
  const next = await kit.take(`${file}2024-05-05,6.00,two\n`, 'abc-second');
  expect(next.ended).toBe('done');
  expect((await kit.lines('abc-second')).filter((line) => line.memo === 'two')).toHaveLength(1);
  expect(parseTable(file)?.rows).toHaveLength(2);
});

test('a long file shows how far it is, can be cancelled on the way, and then leaves nothing', async () => {
  const rows = Array.from(
    { length: 9_000 },
    (_, n) => `2024-07-0${(n % 9) + 1},${n + 1}.00,CNY,P${n},L${n},x`,
  );
  const before = await kit.db
    .selectFrom('bank_line')
    .select((eb) => eb.fn.countAll<bigint>().as('n'))
    .executeTakeFirstOrThrow();
  const steps: string[] = [];
  const { handInStatement } = await import('@/lib/reconciliation/statement/import.commands');
  const bytes = Buffer.from(`${HEAD}\n${rows.join('\n')}\n`);
  const handIn = async () =>
    must(
      await kit.run(
        handInStatement,
        {
          account: 'boc-main',
          sha256: '0'.repeat(64),
          fileName: 'long.csv',
          sizeBytes: BigInt(bytes.length),
          asking: false,
        },
        kit.lin,
      ),
    ).import;
  const { runImport, whatToStore } = await import('@/lib/reconciliation/statement/import.flow');
  const { storeStatement } = await import('@/lib/reconciliation/statement/import.commands');
  const code = await handIn();
  await kit.db
    .updateTable('bank_import')
    .set({ status: 'working', attempt: 1 })
    .where('code', '=', code)
    .execute();
  const deaf = listenToImport(code, async (phase, done, total) => {
    steps.push(`${phase} ${done}/${total}`);
    if (phase === 'storing' && done === 4_000) must(await kit.run(cancelImport, { import: code }, kit.lin));
  });
  const stopped = await kit.run(storeStatement, whatToStore(code, readStatement(bytes), 'CNY'), kit.worker);
  deaf();
  expect(refusalOf(stopped).name).toBe('import_over');
  expect(steps).toEqual(['comparing 0/9000', 'storing 4000/9000']);
  const after = await kit.db
    .selectFrom('bank_line')
    .select((eb) => eb.fn.countAll<bigint>().as('n'))
    .executeTakeFirstOrThrow();
  expect(after.n).toBe(before.n);
  const whole = await handIn();
  expect(await runImport(whole, { db: kit.db, read: () => Promise.resolve(bytes) })).toBe('done');
  expect(await outcome(whole)).toMatchObject({ status: 'done', done_count: 9_000, total_count: 9_000 });
  expect(refusalOf(await kit.run(cancelImport, { import: whole }, kit.lin, newId())).name).toBe(
    'import_over',
  );
}, 60_000);

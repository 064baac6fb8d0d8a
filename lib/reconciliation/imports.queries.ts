import type { Reader } from '@/db/connect';
import { staffDb } from '../staff-db';

export type ImportRow = Awaited<ReturnType<typeof recentImports>>[number];

const base = (db: Reader) =>
  db
    .selectFrom('bank_import as i')
    .innerJoin('bank_account as a', 'a.id', 'i.account_id')
    .leftJoin('person as p', 'p.id', 'i.uploaded_by')
    .select([
      'i.id',
      'i.code',
      'i.status',
      'i.phase',
      'i.attempt',
      'i.format',
      'i.result',
      'i.file_name as fileName',
      'i.file_sha256 as sha256',
      'i.uploaded_at as uploadedAt',
      'i.done_count as doneCount',
      'i.total_count as totalCount',
      'a.id as accountId',
      'a.code as account',
      'a.currency',
      'p.name as by',
    ]);

export const recentImports = (db: Reader = staffDb()) =>
  base(db).orderBy('i.uploaded_at', 'desc').limit(50).execute();

export const findImport = (code: string, db: Reader = staffDb()) =>
  base(db).where('i.code', '=', code).executeTakeFirst();

/** What the file says as a whole, and which of its lines wait for an answer. */
export const statementsOf = async (importId: string, attempt: number, db: Reader = staffDb()) => {
  const [statements, held] = await Promise.all([
    db
      .selectFrom('bank_statement')
      .select([
        'id',
        'number',
        'from_on as from',
        'to_on as to',
        'opening_minor as openingMinor',
        'closing_minor as closingMinor',
        'adds_up as addsUp',
        'flags',
      ])
      .where('import_id', '=', importId)
      .orderBy('id', 'desc')
      .limit(50)
      .execute(),
    db
      .selectFrom('bank_line_held')
      .select(['id', 'line_no as lineNo', 'reason', 'excerpt', 'booked_on as bookedOn', 'amount'])
      .where('import_id', '=', importId)
      .where('attempt', '=', attempt)
      .orderBy('line_no')
      .limit(100)
      .execute(),
  ]);
  return { statements, held };
};

/** What an import came to, as far as it is known. */
export const resultOf = (
  result: unknown,
): {
  readonly fresh?: number;
  readonly known?: number;
  readonly held?: number;
  readonly reason?: string;
  readonly line?: number;
  readonly excerpt?: string;
} => (typeof result === 'object' && result !== null ? result : {});

import { parseAmount } from '@/lib/shared/money';
import { TEXT_MAX } from './ledger-text.rules';
import { ENTRY_KINDS, type EntryKind, type LedgerFilter } from './ledger-view';

/** The filter of the ledger as it stands in the address. */
export type AddressParams = Readonly<Record<string, string | readonly string[] | undefined>>;

const one = (value: string | readonly string[] | undefined): string | null => {
  const text = (typeof value === 'string' ? value : value?.[0])?.trim() ?? '';
  return text === '' ? null : text;
};

const isDate = (text: string | null): text is string => text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text);

/** Reads the address; what cannot be understood is left out, never guessed. */
export const filterOf = (params: AddressParams): LedgerFilter => {
  const kinds = [params['kind'] ?? []].flat();
  const from = one(params['from']);
  const to = one(params['to']);
  return {
    kinds: ENTRY_KINDS.filter((kind) => kinds.includes(kind)),
    road: one(params['road']),
    contractor: one(params['contractor']),
    subject: one(params['entry']),
    text: one(params['q'])?.slice(0, TEXT_MAX) ?? null,
    from: isDate(from) ? from : null,
    to: isDate(to) ? to : null,
    least: one(params['least']),
    most: one(params['most']),
  };
};

/** The page of older entries to go on from: the number of the last entry seen. */
export const cursorOf = (params: AddressParams): bigint | null => {
  const before = one(params['before']);
  return before !== null && /^\d{1,18}$/.test(before) ? BigInt(before) : null;
};

/** An amount typed into the filter in minor units of yuan, or null when it cannot be read. */
export const amountOf = (typed: string | null): bigint | null => {
  const parsed = typed === null ? null : parseAmount(typed, 'CNY');
  return parsed?.ok ? parsed.value : null;
};

/** The query of an address for this filter; empty for all entries. */
export const queryOf = (filter: LedgerFilter, before: bigint | null = null): string => {
  const query = new URLSearchParams(filter.kinds.map((kind): [string, EntryKind] => ['kind', kind]));
  const named = {
    road: filter.road,
    contractor: filter.contractor,
    entry: filter.subject,
    q: filter.text,
    from: filter.from,
    to: filter.to,
    least: filter.least,
    most: filter.most,
    before: before === null ? null : before.toString(),
  };
  for (const [name, value] of Object.entries(named)) if (value !== null) query.set(name, value);
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
};

/**
 * The address under which the API lists the same entries, or null where it cannot be asked for just these: it knows the days
 * and the subject of an entry; a road there leaves out gifts that were only named for it.
 */
export const apiHrefOf = (filter: LedgerFilter): string | null => {
  if (filter.kinds.length > 0) return null;
  if (
    [filter.road, filter.contractor, filter.text, filter.least, filter.most].some((value) => value !== null)
  )
    return null;
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ from: filter.from, to: filter.to, subject: filter.subject }))
    if (value !== null) query.set(name, value);
  const text = query.toString();
  return text === '' ? '/api/v1/entries' : `/api/v1/entries?${text}`;
};

/** A period that is exactly one calendar month, as `YYYY-MM`; null for any other. */
export const wholeMonth = (from: string | null, to: string | null): string | null => {
  if (from === null || to === null || !from.endsWith('-01')) return null;
  const [year = 0, month = 0] = from.split('-').map(Number);
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return to === `${from.slice(0, 8)}${last}` ? from.slice(0, 7) : null;
};

import type { LocalText } from '@/db/tables';
import { contentHash } from '../shared/canonical';

/** What was filed of a campaign and may come, or be changed by the authority, after it was entered. */
export type FiledFacts = {
  /** 募捐主体: the licensed organisation that hosts the fundraising (慈善法 art 26); null while there is none. */
  readonly legalHost: LocalText | null;
  /** 公开募捐资格证书 */
  readonly licenceNo: string | null;
  /** 备案编号 */
  readonly filingNo: string | null;
  /** YYYY-MM-DD, the last day on which gifts are taken. */
  readonly endsOn: string;
};

export const FILED_FACTS = [
  'legalHost',
  'licenceNo',
  'filingNo',
  'endsOn',
] as const satisfies readonly (keyof FiledFacts)[];

/** Which of them differ, in the order of the list. */
export const changedFacts = (before: FiledFacts, after: FiledFacts): (keyof FiledFacts)[] =>
  FILED_FACTS.filter((name) => flat(before[name]) !== flat(after[name]));

/** Of the state a page showed, to be sent back with what is changed. */
export const filedHash = (facts: FiledFacts): string => contentHash(facts);

const flat = (value: LocalText | string | null): string | null =>
  value === null || typeof value === 'string'
    ? value
    : JSON.stringify([value['zh-Hans'], value['zh-Hant'], value.en]);

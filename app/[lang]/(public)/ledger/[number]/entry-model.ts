import {
  entryChain,
  entryLeafNumber,
  entryNumbers,
  type ChainEntry,
  type EntryChain,
} from '@/lib/disclosure/entry-chain.queries';
import { entryPage } from '@/lib/disclosure/ledger.queries';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import { isCurrency } from '@/lib/shared/money';
import type { PublicDocument } from '../../../../_ui/docs/component';
import { kindOf, leaves } from '../ledger-model';
import type { EntryKind } from '../ledger-view';
import type { EntryModel, EntryStage, StageName } from './entry-view';

/** The order in which money goes its way; every entry belongs to one of these stages or to none. */
const STAGE: Partial<Record<EntryKind, StageName>> = {
  gift: 'gifts',
  allocation: 'allocations',
  contract: 'contracts',
  certificate: 'certificates',
  payment: 'payments',
};

/** One entry in the page's language, or null when there is no such public entry. */
export const entryModel = async (lang: Lang, number: string): Promise<EntryModel | null> => {
  const id = /^E-(\d{6,18})$/.exec(number)?.[1];
  const page = id === undefined ? null : await entryPage(BigInt(id));
  if (!page || page.entry.number !== number) return null;
  const { entry } = page;
  const { currency } = entry;
  if (!isCurrency(currency)) return null;
  const [chain, leaf, numbers] = await Promise.all([
    entryChain(entry),
    entryLeafNumber(number),
    entryNumbers([entry.reverses_id, entry.reversed_by_id].filter((one) => one !== null)),
  ]);
  const kind = kindOf(entry.kind);
  const roadOf = (code: string | null) => {
    const road = chain.roads.find((one) => one.code === code);
    return road ? { code: road.code, name: road.name[lang] } : null;
  };
  const own: ChainEntry = {
    id: entry.id,
    number,
    kind: entry.kind,
    subject: entry.subject,
    date: entry.accounting_date,
    amountMinor: entry.amount_minor,
    sharedMinor: entry.amount_minor,
    segment: entry.segment,
    contractor:
      chain.related.find((one) => one.contractor !== null && one.segment === entry.segment)?.contractor ??
      null,
  };
  return {
    number,
    kind,
    subject: entry.subject,
    currency,
    date: entry.accounting_date,
    recordedOn: entry.recorded_on,
    amountMinor: leaves(kind) ? -entry.amount_minor : entry.amount_minor,
    road: roadOf(entry.segment),
    contractor: own.contractor?.[lang] ?? null,
    reason: entry.reason,
    reverses: entry.reverses_id === null ? null : (numbers.get(entry.reverses_id) ?? null),
    reversedBy: entry.reversed_by_id === null ? null : (numbers.get(entry.reversed_by_id) ?? null),
    leaf,
    giftCount: chain.giftCount,
    gifts: chain.gifts.map((gift) => ({
      code: gift.code,
      name: gift.shownAs?.[lang] ?? null,
      // A gift's own entry moves it in parts: what arrived and the fee taken from it.
      amountMinor: kind === 'gift' ? entry.amount_minor : gift.amountMinor,
    })),
    stages: stagesOf(lang, own, chain),
    papers: chain.papers.map((paper) => paperOf(lang, paper)),
    photographs: chain.roads
      .filter((road) => road.photographs > 0)
      .map((road) => ({ code: road.code, name: road.name[lang], count: road.photographs })),
    postings: page.postings.map((posting) => ({
      line: posting.line_no,
      book: posting.book as 'financial' | 'purpose',
      from: accountText(lang, posting.credit_account),
      to: accountText(lang, posting.debit_account),
      amountMinor: posting.amount_minor,
    })),
  };
};

const stagesOf = (lang: Lang, own: ChainEntry, chain: EntryChain): readonly EntryStage[] => {
  const isGift = kindOf(own.kind) === 'gift';
  const all = [...chain.related, own].sort((a, b) => (a.id < b.id ? -1 : 1));
  return (['allocations', 'contracts', 'certificates', 'payments'] as const).map((name) => ({
    name,
    entries: all
      .filter((one) => STAGE[kindOf(one.kind)] === name)
      .map((one) => ({
        number: one.number,
        subject: one.subject,
        date: one.date,
        amountMinor: one.amountMinor,
        sharedMinor: isGift && one !== own ? one.sharedMinor : null,
        contractor: one.contractor?.[lang] ?? null,
        road: one.segment,
        here: one === own,
      })),
  }));
};

const paperOf = (lang: Lang, paper: EntryChain['papers'][number]): PublicDocument => ({
  id: paper.code,
  title: paper.title[lang],
  href: paper.fileSha256 === null ? null : `/files/${paper.fileSha256}`,
  date: paper.dated,
  sha256: paper.sha256,
  ...(paper.withheldReason !== null && {
    withheld: { reason: paper.withheldReason, ...(paper.opensOn !== null && { opens: paper.opensOn }) },
  }),
});

const ACCOUNTS = {
  'assets:bank': 'bank',
  'assets:cash': 'cash',
  'assets:stripe': 'stripe',
  'liabilities:refunds-payable': 'refundsPayable',
  'liabilities:contractor-payable': 'contractorPayable',
  'liabilities:retention-payable': 'retentionPayable',
  'income:donations': 'donationIncome',
  'expense:road-works': 'roadWorks',
  'expense:processing-fees': 'processingFees',
  'expense:dispute-losses': 'disputeLosses',
} as const;
const PURPOSES = [
  'given',
  'unallocated',
  'allocated',
  'committed',
  'certified',
  'paid',
  'fees',
  'returned',
  'lost',
  'shortfall',
] as const;

/** An account in words; one that has none yet is shown by its own code, which says the same. */
const accountText = (lang: Lang, code: string): string => {
  const t = words(lang, 'entry');
  const [first = '', second = ''] = code.split(':');
  const purpose = PURPOSES.find((name) => name === first);
  if (purpose !== undefined) return t(`account.${purpose}`, { subject: second });
  const name = Object.entries(ACCOUNTS).find(([prefix]) => prefix === `${first}:${second}`)?.[1];
  return name === undefined ? code : t(`account.${name}`);
};

import type { ReactNode } from 'react';
import { countText, dateText } from '@/lib/i18n/format';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import type { CurrencyCode } from '@/lib/shared/currencies';
import { money } from '@/lib/shared/money';
import { Amt } from '../../../_ui/amt/component';
import { Code } from '../../../_ui/code/component';
import { ActiveFilters, type ActiveFilter } from '../../../_ui/filter/component';
import { Flow } from '../../../_ui/flow/component';
import { Icon, type IconName } from '../../../_ui/icon/component';
import { Empty, Msg } from '../../../_ui/msg/component';
import { Facts, Wrap } from '../../../_ui/page/component';
import { Paging } from '../../../_ui/paging/component';
import { Table } from '../../../_ui/table/component';
import type { PublicChannel } from '../move-list';
import { LedgerFilters } from './ledger-filters';
import { flowOf, type FlowFigures } from './ledger-flow';

export const ENTRY_KINDS = [
  'gift',
  'allocation',
  'contract',
  'certificate',
  'payment',
  'refund',
  'dispute',
  'retention',
  'shortfall',
  'correction',
  'other',
] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/** Everything the public ledger shows, already public, in the page's language. Amounts are minor units. */
export type LedgerModel = {
  readonly currency: CurrencyCode;
  readonly asOf: string;
  /** Leaves in the signed log, null before the first signature. */
  readonly signed: number | null;
  readonly flow: FlowFigures;
  /** The period looked at, in words (`2024 年 6 月`), null for all time. */
  readonly period: string | null;
  /** Entries that match the filter, on all pages; null when there are too many to count for every reader. */
  readonly count: number | null;
  /** Entries counted at most. */
  readonly countedMost: number;
  readonly filter: LedgerFilter;
  /** So many givers at least have the words looked for in their names that none was looked up by name; null otherwise. */
  readonly namesLeftOut: number | null;
  readonly active: readonly ActiveFilter[];
  readonly kinds: readonly { readonly kind: EntryKind; readonly count: number | null }[];
  readonly roads: readonly { readonly code: string; readonly name: string }[];
  readonly contractors: readonly { readonly code: string; readonly name: string }[];
  /** Sums over everything that matches, per kind, signed. */
  readonly sums: readonly {
    readonly kind: 'gift' | 'allocation' | 'contract' | 'payment';
    readonly minor: bigint;
  }[];
  readonly entries: readonly LedgerEntry[];
  readonly newerHref: string | null;
  readonly olderHref: string | null;
  /** This view's own address, for sharing. */
  readonly href: string;
  /** The same entries in the API; null where it cannot be asked for just these. */
  readonly apiHref: string | null;
};

/** The filter as it stands in the address; what was typed is given back as typed. */
export type LedgerFilter = {
  readonly kinds: readonly EntryKind[];
  readonly road: string | null;
  readonly contractor: string | null;
  /** Public number of one gift, contract or payment. */
  readonly subject: string | null;
  /** Words looked for. */
  readonly text: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly least: string | null;
  readonly most: string | null;
};

export type LedgerEntry = {
  readonly id: string;
  readonly kind: EntryKind;
  /** The record it is about (`D-0045`). */
  readonly subject: string;
  readonly date: string;
  readonly road: { readonly code: string; readonly name: string } | null;
  readonly channel?: PublicChannel | undefined;
  readonly contractor?: string | undefined;
  /** Signed minor units: positive came in or was assigned, negative went out. */
  readonly amountMinor: bigint;
  /** Number of its leaf in the signed log, from 1; null while it waits for the next signature. */
  readonly leaf: number | null;
  readonly reverses?: string | undefined;
  readonly reversedBy?: string | undefined;
};

type Props = { readonly lang: Lang; readonly model: LedgerModel };

export function LedgerView({ lang, model }: Props) {
  const t = words(lang, 'ledger');
  const amount = (minor: bigint) => <Amt value={money(model.currency, minor)} />;
  const { period, count } = model;
  return (
    <Wrap>
      <div className="page-head">
        <h1>{t('title')}</h1>
        <p className="as-of">{headLine(lang, model)}</p>
      </div>
      {model.flow.receivedMinor > 0n && (
        <Flow lang={lang} currency={model.currency} {...flowOf(lang, model.flow)}>
          <p>
            {t.rich('flow.words', {
              received: () => amount(model.flow.receivedMinor),
              paid: () => amount(model.flow.paidMinor),
              b: (inner) => <b>{inner}</b>,
            })}
          </p>
        </Flow>
      )}
      <div className="ledger-page">
        <LedgerFilters lang={lang} model={model} />
        <section aria-labelledby="entries">
          <div className="rule-head">
            <h2 id="entries">
              {count === null
                ? t('list.many', {
                    period: period ?? t('list.everything'),
                    least: countText(model.countedMost),
                  })
                : period === null
                  ? t('list.all', { count: countText(count) })
                  : t('list.title', { period, count })}
            </h2>
            <p className="rule-head-end">
              <a href="/open-data/entries.csv">{t('list.csv')}</a>
              {model.apiHref !== null && (
                <>
                  {' · '}
                  <a href={model.apiHref}>{t('list.json')}</a>
                </>
              )}
              {' · '}
              <a href={model.href}>{t('list.link')}</a>
            </p>
          </div>
          <ActiveFilters lang={lang} filters={model.active} clearHref={`/${lang}/ledger`} />
          {model.namesLeftOut !== null && (
            <Msg kind="info" title={t('names.title', { words: model.filter.text ?? '' })}>
              <p>{t('names.body', { most: countText(model.namesLeftOut) })}</p>
            </Msg>
          )}
          <Facts
            facts={model.sums.map(({ kind, minor }) => ({ term: t(`sums.${kind}`), value: amount(minor) }))}
          />
          <Entries lang={lang} model={model} />
          <Paging
            lang={lang}
            shown={model.entries.length}
            newerHref={model.newerHref}
            olderHref={model.olderHref}
          />
          <p className="caption mt-4">{t('list.note')}</p>
        </section>
      </div>
    </Wrap>
  );
}

const headLine = (lang: Lang, { asOf, signed, currency }: LedgerModel): string => {
  const t = words(lang, 'ledger');
  const named = currency === 'CNY' ? t('currency.CNY') : t('currency.other', { code: currency });
  const date = dateText(asOf, lang);
  return signed === null
    ? t('headUnsigned', { date, currency: named })
    : t('head', { date, count: countText(signed), currency: named });
};

function Entries({ lang, model }: Props) {
  const t = words(lang, 'ledger');
  return (
    <Table
      lang={lang}
      caption={t('list.caption', { period: model.period ?? '' })}
      captionHidden
      rows={model.entries}
      rowKey={(entry) => entry.id}
      empty={
        <Empty title={t('list.none')}>
          {t.rich('list.noneBody', { link: (inner) => <a href={`/${lang}/ledger`}>{inner}</a> })}
        </Empty>
      }
      columns={[
        {
          key: 'date',
          head: t('list.date'),
          cell: (entry) => <time dateTime={entry.date}>{entry.date}</time>,
        },
        {
          key: 'entry',
          head: t('list.entry'),
          names: true,
          cell: (entry) => <EntryName lang={lang} entry={entry} />,
        },
        { key: 'what', head: t('list.what'), cell: (entry) => <What lang={lang} entry={entry} /> },
        {
          key: 'road',
          head: t('list.road'),
          cell: (entry) =>
            entry.road && <Code code={entry.road.code} href={`/${lang}/roads/${entry.road.code}`} />,
        },
        {
          key: 'amount',
          head: t('list.amount'),
          numeric: true,
          phone: 'main',
          cell: (entry) => <Amt value={money(model.currency, entry.amountMinor)} />,
        },
        {
          key: 'proof',
          head: <span className="sr-only">{t('list.proof')}</span>,
          phone: 'left-out',
          cell: (entry) => <Proof lang={lang} entry={entry} />,
        },
      ]}
    />
  );
}

const ICON: Record<EntryKind, IconName> = {
  gift: 'in',
  allocation: 'split',
  contract: 'pen',
  certificate: 'seal',
  payment: 'out',
  refund: 'back',
  dispute: 'triangle',
  retention: 'lock',
  shortfall: 'octagon',
  correction: 'back',
  other: 'equals',
};

function EntryName({ lang, entry }: { lang: Lang; entry: LedgerEntry }) {
  return (
    <span className="entry-name" id={entry.id}>
      <Icon name={ICON[entry.kind]} />
      {words(lang, 'ledger')(`kind.${entry.kind}`)}{' '}
      <a href={`/${lang}/ledger/${entry.id}`}>{entry.subject}</a>
    </span>
  );
}

function What({ lang, entry }: { lang: Lang; entry: LedgerEntry }) {
  const t = words(lang, 'ledger');
  const link = (id: string, text: string): ReactNode => <a href={`/${lang}/ledger/${id}`}>{text}</a>;
  return (
    <>
      {whatHappened(lang, entry)}
      <span className="entry-path">{t(`path.${entry.kind}`)}</span>
      {entry.reverses !== undefined && (
        <span className="entry-path">{link(entry.reverses, t('list.reverses', { id: entry.reverses }))}</span>
      )}
      {entry.reversedBy !== undefined && (
        <span className="entry-path">
          {link(entry.reversedBy, t('list.reversed', { id: entry.reversedBy }))}
        </span>
      )}
    </>
  );
}

const whatHappened = (lang: Lang, { kind, road, channel, contractor = '' }: LedgerEntry): string => {
  const t = words(lang, 'ledger');
  if (kind !== 'gift') return t(`what.${kind}`, { contractor });
  const how = words(lang, 'home')(`channel.${channel ?? 'other'}`);
  const text = road ? t('what.giftFor', { channel: how, road: road.code }) : t('what.gift', { channel: how });
  return text.charAt(0).toUpperCase() + text.slice(1);
};

/** In the signed log, or waiting for the next signature: an icon with its words hidden but read aloud. */
function Proof({ lang, entry }: { lang: Lang; entry: LedgerEntry }) {
  const t = words(lang, 'ledger');
  return entry.leaf === null ? (
    <span className="entry-waits">
      <Icon name="planned" />
      <span className="sr-only">{t('list.unsigned')}</span>
    </span>
  ) : (
    <a className="entry-signed" href={`/${lang}/verify?leaf=${entry.leaf}`}>
      <Icon name="seal" />
      <span className="sr-only">{t('list.signed', { leaf: entry.leaf })}</span>
    </a>
  );
}

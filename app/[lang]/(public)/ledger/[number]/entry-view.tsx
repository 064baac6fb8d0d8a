import type { ReactNode } from 'react';
import { countText, dateText } from '@/lib/i18n/format';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import type { CurrencyCode } from '@/lib/shared/currencies';
import { money } from '@/lib/shared/money';
import { Amt } from '../../../../_ui/amt/component';
import { Code } from '../../../../_ui/code/component';
import { Written } from '../../../../_ui/content/component';
import type { PublicDocument } from '../../../../_ui/docs/component';
import { Msg } from '../../../../_ui/msg/component';
import { Crumbs, Facts, Section, Wrap } from '../../../../_ui/page/component';
import { Table } from '../../../../_ui/table/component';
import type { EntryKind } from '../ledger-view';
import { EntryChainView } from './entry-chain';

export type StageName = 'gifts' | 'allocations' | 'contracts' | 'certificates' | 'payments';

export type EntryStage = {
  readonly name: Exclude<StageName, 'gifts'>;
  readonly entries: readonly {
    readonly number: string;
    readonly subject: string;
    readonly date: string;
    readonly amountMinor: bigint;
    /** How much of the gift looked at; null where the page is not about one gift. */
    readonly sharedMinor: bigint | null;
    readonly contractor: string | null;
    readonly road: string | null;
    readonly here: boolean;
  }[];
};

/** Everything the page of one entry shows, already public, in the page's language. Amounts are minor units. */
export type EntryModel = {
  readonly number: string;
  readonly kind: EntryKind;
  readonly subject: string;
  readonly currency: CurrencyCode;
  readonly date: string;
  readonly recordedOn: string;
  readonly amountMinor: bigint;
  readonly road: { readonly code: string; readonly name: string } | null;
  readonly contractor: string | null;
  readonly reason: string | null;
  readonly reverses: string | null;
  readonly reversedBy: string | null;
  /** Number of its leaf in the signed log, from 1; null while it waits for the next signature. */
  readonly leaf: bigint | null;
  readonly giftCount: number;
  readonly gifts: readonly {
    readonly code: string;
    readonly name: string | null;
    readonly amountMinor: bigint;
  }[];
  readonly stages: readonly EntryStage[];
  readonly papers: readonly PublicDocument[];
  readonly photographs: readonly { readonly code: string; readonly name: string; readonly count: number }[];
  readonly postings: readonly {
    readonly line: number;
    readonly book: 'financial' | 'purpose';
    readonly from: string;
    readonly to: string;
    readonly amountMinor: bigint;
  }[];
};

export type EntryProps = { readonly lang: Lang; readonly model: EntryModel };

/** One entry: what happened in plain words, its way both ways, how it stands in the books, and its proof. */
export function EntryView({ lang, model }: EntryProps) {
  const t = words(lang, 'entry');
  const kinds = words(lang, 'ledger');
  return (
    <Wrap>
      <Crumbs lang={lang} steps={[{ href: `/${lang}/ledger`, label: t('crumb') }]} here={model.number} />
      <div className="page-head">
        <h1>
          {kinds(`kind.${model.kind}`)} {model.subject}
        </h1>
      </div>
      <p className="story">
        {t.rich(`say.${model.kind}`, {
          date: dateText(model.date, lang),
          road: model.road === null ? 'none' : 'named',
          roadName: model.road?.name ?? t('someRoad'),
          contractor: model.contractor ?? '',
          amount: () => <Amt value={money(model.currency, model.amountMinor)} sign="never" />,
        })}
      </p>
      <Corrections lang={lang} model={model} />
      <Facts facts={factsOf(lang, model)} />
      <EntryChainView lang={lang} model={model} />
      <Books lang={lang} model={model} />
      <Proof lang={lang} model={model} />
    </Wrap>
  );
}

const factsOf = (lang: Lang, model: EntryModel): { term: string; value: ReactNode }[] => {
  const t = words(lang, 'entry');
  const about =
    model.kind === 'gift' ? (
      <a href={`/${lang}/gifts/${model.subject}`}>{model.subject}</a>
    ) : (
      <a href={`/${lang}/ledger?entry=${model.subject}`}>{model.subject}</a>
    );
  return [
    { term: t('facts.number'), value: model.number },
    { term: t('facts.date'), value: <time dateTime={model.date}>{model.date}</time> },
    { term: t('facts.recorded'), value: <time dateTime={model.recordedOn}>{model.recordedOn}</time> },
    { term: t('facts.subject'), value: about },
    ...(model.road === null
      ? []
      : [
          {
            term: t('facts.road'),
            value: (
              <>
                <Code code={model.road.code} href={`/${lang}/roads/${model.road.code}`} /> {model.road.name}
              </>
            ),
          },
        ]),
  ];
};

function Corrections({ lang, model }: EntryProps) {
  const t = words(lang, 'entry');
  const to = (number: string) => (inner: ReactNode) => <a href={`/${lang}/ledger/${number}`}>{inner}</a>;
  return (
    <>
      {model.reversedBy !== null && (
        <Msg kind="warn" title={t('corrected.title')}>
          <p>{t.rich('corrected.body', { number: model.reversedBy, link: to(model.reversedBy) })}</p>
        </Msg>
      )}
      {model.reverses !== null && (
        <Msg kind="info" title={t('corrected.correctsTitle')}>
          <p>
            {t.rich('corrected.corrects', {
              number: model.reverses,
              said: () => <Written lang={lang} text={model.reason ?? ''} />,
              link: to(model.reverses),
            })}
          </p>
        </Msg>
      )}
    </>
  );
}

function Books({ lang, model }: EntryProps) {
  const t = words(lang, 'entry');
  return (
    <Section id="books" title={t('books.title')} intro={t('books.intro')}>
      <Table
        lang={lang}
        caption={t('books.caption', { number: model.number })}
        captionHidden
        rows={model.postings}
        rowKey={(line) => String(line.line)}
        columns={[
          { key: 'book', head: t('books.book'), names: true, cell: (line) => t(`books.${line.book}`) },
          { key: 'from', head: t('books.from'), phoneLabel: t('books.from'), cell: (line) => line.from },
          { key: 'to', head: t('books.to'), phoneLabel: t('books.to'), cell: (line) => line.to },
          {
            key: 'amount',
            head: t('books.amount'),
            numeric: true,
            phone: 'main',
            cell: (line) => <Amt value={money(model.currency, line.amountMinor)} />,
          },
        ]}
      />
    </Section>
  );
}

function Proof({ lang, model }: EntryProps) {
  const t = words(lang, 'entry');
  const to = (href: string) => (inner: ReactNode) => <a href={href}>{inner}</a>;
  return (
    <Section id="proof" title={t('proof.title')}>
      {model.leaf === null ? (
        <p>{t('proof.unsigned')}</p>
      ) : (
        <>
          <p>
            {t.rich('proof.signed', {
              leaf: countText(model.leaf),
              verify: to(`/${lang}/verify?leaf=${model.leaf}`),
              file: to(`/log/proof/leaf/${model.leaf - 1n}.tlog-proof`),
            })}
          </p>
          <p>{t.rich('proof.raw', { leaf: to(`/log/leaf/${model.leaf - 1n}`) })}</p>
        </>
      )}
    </Section>
  );
}

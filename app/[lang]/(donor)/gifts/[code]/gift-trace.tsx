import { Fragment, type ReactNode } from 'react';
import type { IconName } from '@/app/_ui/icon/component';
import { Section } from '@/app/_ui/page/component';
import { PartsBar } from '@/app/_ui/review/component';
import { Trace, type TraceStep } from '@/app/_ui/timeline/component';
import type { GiftMove, GiftPage } from '@/lib/disclosure/gift.queries';
import { papersOf } from '@/lib/disclosure/papers.rules';
import { pictureOf } from '@/lib/disclosure/photographs.rules';
import { amountText, dateText } from '@/lib/i18n/format';
import { words } from '@/lib/i18n/words';
import { money, sumMinor } from '@/lib/shared/money';
import { bookCurrency, type GiftProps } from './gift-model.rules';
import { PaperLink } from './paper-link';

type GiftEntry = GiftPage['entries'][number];

const ICONS: Readonly<Record<string, IconName>> = {
  gift_received: 'in',
  allocation_approved: 'split',
  allocation_released: 'back',
  contract_signed: 'pen',
  contract_varied: 'pen',
  work_certified: 'seal',
  contractor_paid: 'out',
  refund_reserved: 'back',
  refund_sent: 'back',
};

const KINDS = [
  'gift_received',
  'allocation_approved',
  'allocation_released',
  'contract_signed',
  'contract_varied',
  'contract_ended',
  'work_certified',
  'retention_recognised',
  'retention_released',
  'retention_used',
  'contractor_paid',
  'payment_bounced',
  'refund_reserved',
  'refund_sent',
  'refund_failed',
  'dispute_opened',
  'dispute_won',
  'shortfall_opened',
  'shortfall_resolved',
  'reversal',
] as const;

/** The way of this gift, entry by entry, with how much of it moved each time and where that can be checked. */
export function GiftTrace({ lang, page, evidence }: GiftProps) {
  const t = words(lang, 'gift');
  const currency = bookCurrency(page);
  const steps = page.entries.map((entry): TraceStep => {
    const moves = page.moves.filter((move) => move.entryId === entry.id);
    const kind = KINDS.find((one) => one === entry.kind) ?? 'other';
    return {
      icon: ICONS[kind] ?? 'paper',
      title:
        kind === 'allocation_approved'
          ? t('kind.allocation_approved', { to: roadOf(moves) })
          : t(`kind.${kind}`, { to: '' }),
      amount: money(currency, sumMinor(moves.map((move) => move.amountMinor))),
      children: (
        <>
          {kind === 'contractor_paid' && <Share {...{ lang, page, evidence }} payment={entry.subject} />}
          {kind === 'allocation_approved' && <Together lang={lang} page={page} entry={entry} />}
          {kind === 'contract_signed' && <Contracted lang={lang} page={page} contract={entry.subject} />}
          <p className="caption">
            <time dateTime={entry.accounting_date}>{dateText(entry.accounting_date, lang)}</time>
            {' · '}
            <a href={`/${lang}/ledger?q=${entry.number}`}>{t('trace.log', { entry: entry.number })}</a>
          </p>
        </>
      ),
    };
  });
  return (
    <Section id="trace" title={t('trace.title')}>
      <Trace steps={[...steps, ...warranties(lang, page)]} />
    </Section>
  );
}

/** The road an allocation went to: its account's code says so. */
const roadOf = (moves: readonly GiftMove[]): string =>
  moves.map((move) => /^allocated:(.+)$/.exec(move.to)?.[1]).find((code) => code !== undefined) ?? '';

/** With how many other gifts it was assigned. */
function Together({ lang, page, entry }: Pick<GiftProps, 'lang' | 'page'> & { entry: GiftEntry }) {
  const others = (page.giftsOf.get(entry.id) ?? 1) - 1;
  if (others < 1) return null;
  const all = amountText(money(bookCurrency(page), entry.amount_minor));
  return <p>{words(lang, 'gift')('trace.together', { others, all })}</p>;
}

/** With whom the road was contracted, out of how many quotes, and for how much. */
function Contracted({ lang, page, contract }: Pick<GiftProps, 'lang' | 'page'> & { contract: string }) {
  const signed = page.stretches.flatMap((one) => one.contracts).find((one) => one.code === contract);
  if (!signed) return null;
  return (
    <p>
      {words(lang, 'segment')('timeline.contractedWith', {
        contractor: signed.contractor[lang],
        quotes: signed.quotes,
        lowest: signed.lowest ? 'yes' : 'no',
      })}
      {' · '}
      {amountText(money(bookCurrency(page), signed.amountMinor))}
    </p>
  );
}

/** How much of one payment this gift was, drawn and in figures, with its invoice and what the road looked like then. */
function Share({ lang, page, evidence, payment }: GiftProps & { payment: string }): ReactNode {
  const share = page.payments.find((one) => one.payment === payment);
  if (!share) return null;
  const t = words(lang, 'gift');
  const currency = bookCurrency(page);
  const { payment_details: details } = share;
  const papers = papersOf(details, evidence.papers, evidence.acceptances);
  const picture = pictureOf(details, evidence.photographs);
  return (
    <div className="gift-payment">
      {picture && (
        <a href={`/files/${picture.public_sha256}`}>
          <img
            src={`/files/${picture.thumb_sha256}`}
            alt={t('trace.picture', {
              code: picture.segment,
              date: dateText(picture.taken_on, lang),
            })}
            width={160}
            loading="lazy"
          />
        </a>
      )}
      <div>
        <p>
          {t('trace.ofAll', {
            payment,
            all: amountText(money(currency, details.amount_minor)),
          })}
        </p>
        <PartsBar
          wholeMinor={details.amount_minor}
          parts={[{ material: 'new', minor: share.amount_minor }]}
        />
        {papers.length > 0 && (
          <p className="caption">
            {papers.map((one, index) => (
              <Fragment key={one.kind}>
                {index > 0 && ' · '}
                <PaperLink lang={lang} {...one} />
              </Fragment>
            ))}
          </p>
        )}
      </div>
    </div>
  );
}

const warranties = (lang: GiftProps['lang'], page: GiftProps['page']): TraceStep[] => {
  const t = words(lang, 'gift');
  return page.stretches.flatMap((one): TraceStep[] =>
    one.status === 'in_warranty' && one.warrantyUntil !== null
      ? [
          {
            icon: 'shield',
            done: true,
            title: t('trace.warranty', { date: dateText(one.warrantyUntil, lang) }),
            children: (
              <p>
                {t('trace.warrantyBody')}{' '}
                <a href={`/${lang}/roads/${one.segment}`}>{t('trace.toRoad', { code: one.segment })}</a>
              </p>
            ),
          },
        ]
      : [],
  );
};

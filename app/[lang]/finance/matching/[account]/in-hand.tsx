import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import { partsOfOffer, reasonsOfOffer } from '@/lib/reconciliation/accept.flow';
import type { MatchPart } from '@/lib/reconciliation/bank.form';
import type { Offer, OpenWork, OwnAccount } from '@/lib/reconciliation/workspace.queries';
import { newId } from '@/lib/shared/id';
import { isCurrency, money, sumMinor, toDecimal } from '@/lib/shared/money';
import { Amt } from '../../../../_ui/amt/component';
import { Panel } from '../../../../_ui/staff/component';
import type { DeskField } from '../../_desk/act-form.rules';
import { ActForm } from '../../_desk/act-form';
import { actOnDesk } from '../../_desk/action';
import { minorText, offerReasons, offerTitle } from './offer-words';
import { RunningDifference } from './running-difference';

const OWN = ['unidentified', 'interest', 'fee', 'cash_banked'] as const;
const KINDS = [
  'pledge',
  'gift',
  'new_gift',
  'payout',
  'payment',
  'payment_returned',
  'refund',
  'fee',
  'interest',
  'unidentified',
  'own_transfer',
  'cash_banked',
  'exchange',
] as const;

const written = (parts: readonly MatchPart[]): string =>
  parts.map((part) => `${part.kind} ${'subject' in part ? part.subject : '-'} ${part.amountMinor}`).join('|');

/** The line in hand (or several together): what it may be, each with its reasons, and the free way to say it. */
export function InHand({
  lang,
  account,
  others,
  lines,
  mayMatch,
}: {
  lang: Lang;
  account: OwnAccount;
  others: readonly OwnAccount[];
  lines: readonly OpenWork[];
  mayMatch: boolean;
}) {
  const t = words(lang, 'bank');
  const desk = words(lang, 'desk');
  const [first] = lines;
  if (!first) return <Panel title={t('matching.choose')}>{null}</Panel>;
  const total = sumMinor(lines.map(({ line }) => line.amountMinor));
  const { currency } = account;
  const hidden = {
    lang,
    back: `/${lang}/finance/matching/${account.code}`,
    account: account.code,
    currency,
    lines: lines.map(({ line }) => `${line.id}:${line.version}`).join(' '),
    act: 'match.make',
  };
  const form = (
    id: string,
    fields: readonly DeskField[],
    submit: string,
    more: Record<string, string>,
    kind?: 'primary' | 'line',
  ) => (
    <ActForm
      id={id}
      lang={lang}
      action={actOnDesk}
      hidden={{ ...hidden, ...more, key: newId() }}
      fields={fields}
      submit={submit}
      refusedTitle={desk('act.refused')}
      kind={kind}
    />
  );
  const offers = lines.length === 1 ? first.offers.slice(0, 5) : [];
  return (
    <Panel title={first.line.counterparty ?? `#${first.line.id}`}>
      <p className="match-current">
        {t('matching.current', { count: lines.length })}{' '}
        <b>{isCurrency(currency) && <Amt value={money(currency, total)} sign="always" />}</b>
      </p>
      <p className="match-memo">
        {lines
          .map(({ line }) => [line.bookedOn, line.reference, line.memo].filter(Boolean).join(' · '))
          .join('; ')}
      </p>
      <ol className="match-offers">
        {offers.map((offer, index) => (
          <li
            key={`${offerTitle(offer, lang)}-${index}`}
            data-hotkey={mayMatch ? String(index + 1) : undefined}
          >
            <div>
              <kbd>{index + 1}</kbd> <b>{offerTitle(offer, lang)}</b>{' '}
              <span className={`match-class match-${offer.class}`}>{t(`class.${offer.class}`)}</span>
              <OfferSum offer={offer} total={total} currency={currency} lang={lang} />
              <ul className="match-reasons">
                {offerReasons(offer, currency, lang).map((reason) => (
                  <li key={reason}>{reason}</li>
                ))}
              </ul>
            </div>
            {mayMatch &&
              partsOfOffer(offer, total).length > 0 &&
              form(
                `offer-${index + 1}`,
                [],
                t('matching.accept'),
                { offer: written(partsOfOffer(offer, total)), reasons: reasonsOfOffer(offer).join(' ') },
                index === 0 ? 'primary' : 'line',
              )}
          </li>
        ))}
      </ol>
      {mayMatch && (
        <>
          <h3>{t('matching.own')}</h3>
          <div className="match-own">
            {OWN.filter((kind) => (kind !== 'unidentified' && kind !== 'cash_banked') || total > 0n).map(
              (kind) => (
                <div key={kind}>
                  {form(`own-${kind}`, [], t(`part.${kind}`), { offer: `${kind} - ${total}` }, 'line')}
                </div>
              ),
            )}
            {others.map((other) => (
              <div key={other.code}>
                {form(
                  `transfer-${other.code}`,
                  [],
                  `${t('part.own_transfer')} ${other.code}`,
                  { offer: `own_transfer ${other.code} ${total}` },
                  'line',
                )}
              </div>
            ))}
          </div>
          {total > 0n && (
            <details>
              <summary>{t('matching.newGift')}</summary>
              {form(
                'new-gift',
                [
                  { kind: 'text', name: 'donor', label: t('matching.donor'), optional: true },
                  { kind: 'text', name: 'road', label: t('matching.road'), optional: true },
                ],
                t('matching.newGift'),
                { offer: `new_gift - ${total}` },
              )}
            </details>
          )}
          <details open={lines.length > 1}>
            <summary data-hotkey="s">{t('matching.split')}</summary>
            <p className="desk-note">{t('matching.splitHint', { amount: minorText(total, currency) })}</p>
            <RunningDifference
              currency={currency}
              totalMinor={String(total)}
              says={{ running: t('matching.running'), even: t('matching.even') }}
            >
              {form('split', splitFields(lang, total, currency), t('matching.post'), {})}
            </RunningDifference>
          </details>
        </>
      )}
    </Panel>
  );
}

const splitFields = (lang: Lang, total: bigint, currency: string): DeskField[] => {
  const t = words(lang, 'bank');
  return [1, 2, 3, 4].flatMap((n): DeskField[] => [
    {
      kind: 'choice',
      name: `kind${n}`,
      label: `${n}. ${t('matching.kind')}`,
      choices: KINDS.map((kind) => ({ value: kind, label: t(`part.${kind}`) })),
    },
    { kind: 'text', name: `subject${n}`, label: `${n}. ${t('matching.subject')}`, optional: true },
    {
      kind: 'amount',
      name: `amount${n}`,
      label: `${n}. ${t('matching.amount')}`,
      value: n === 1 && isCurrency(currency) ? toDecimal(total, currency) : undefined,
    },
  ]);
};

function OfferSum({
  offer,
  total,
  currency,
  lang,
}: {
  offer: Offer;
  total: bigint;
  currency: string;
  lang: Lang;
}) {
  if (offer.kind === 'rule') return null;
  const rest = total - sumMinor(offer.things.map((thing) => thing.amountMinor));
  return (
    <span className="match-memo">
      {offer.things.map((thing) => minorText(thing.amountMinor, currency)).join(' + ')}
      {rest !== 0n && ` · ${words(lang, 'bank')('matching.difference')} ${minorText(rest, currency)}`}
    </span>
  );
}

import type { ReactNode } from 'react';
import type { LocalText } from '@/db/tables';
import { Btn, BtnLink } from '@/app/_ui/btn/component';
import { SelectField, TextAreaField, TextField } from '@/app/_ui/form/component';
import { Section } from '@/app/_ui/page/component';
import type { MyGift } from '@/lib/donors/me.queries';
import { amountText } from '@/lib/i18n/format';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import { newId } from '@/lib/shared/id';
import { toDecimal } from '@/lib/shared/money';
import { actOnMine } from '../../actions';
import { amountOf } from '../../me';

type Props = { readonly lang: Lang; readonly gift: MyGift };

function Act({ lang, gift, act, children }: Props & { act: string; children: ReactNode }) {
  return (
    <form action={actOnMine} className="grid max-w-xl gap-4">
      <input type="hidden" name="lang" value={lang} />
      <input type="hidden" name="act" value={act} />
      <input type="hidden" name="gift" value={gift.code} />
      <input type="hidden" name="key" value={newId()} />
      {children}
    </form>
  );
}

export function Receipts({ lang, gift }: Props) {
  const t = words(lang, 'me');
  const valid = gift.receipts.some((receipt) => receipt.status === 'issued');
  return (
    <Section id="receipts" title={t('receipts')}>
      <ul className="grid gap-3">
        {gift.receipts.map((receipt) => (
          <li key={receipt.id} className="flex flex-wrap items-center gap-3">
            <span>
              {t('receipt', { number: receipt.number })} ·{' '}
              {t(
                `receiptState.${receipt.status === 'voided' ? 'voided' : receipt.status === 're_issued' ? 're_issued' : 'issued'}`,
              )}
              {receipt.fiscalNumber !== null && <> · {t('fiscal', { number: receipt.fiscalNumber })}</>}
            </span>
            <BtnLink kind="line" size="dense" href={`/${lang}/me/receipts/${receipt.id}`}>
              {t('print')}
            </BtnLink>
          </li>
        ))}
      </ul>
      {!valid && (
        <Act lang={lang} gift={gift} act={gift.waived ? 'unwaive' : 'waive'}>
          <p>{t(gift.waived ? 'waived' : 'noReceipt')}</p>
          <div>
            <Btn kind="line">{t(gift.waived ? 'unwaive' : 'waive')}</Btn>
          </div>
        </Act>
      )}
    </Section>
  );
}

export function Consent({ lang, gift }: Props) {
  const t = words(lang, 'me');
  const { naming } = gift;
  const state =
    naming?.moderation === 'shown' ? 'shown' : naming?.moderation === 'hidden' ? 'hidden' : 'waiting';
  return (
    <Section id="consent" title={t('consents')}>
      <p className="mb-4">{naming?.name ? t(state, { name: naming.name[lang] }) : t('notShown')}</p>
      {naming ? (
        <Act lang={lang} gift={gift} act="withdraw_consent">
          <div>
            <Btn kind="line">{t('withdraw')}</Btn>
          </div>
        </Act>
      ) : (
        <Act lang={lang} gift={gift} act="give_consent">
          <TextField
            id="name"
            name="name"
            label={t('showNameField')}
            hint={t('showNameHint')}
            autoComplete="name"
            required
          />
          <div>
            <Btn kind="line">{t('showName')}</Btn>
          </div>
        </Act>
      )}
    </Section>
  );
}

export function Requests({ lang, gift }: Props) {
  const t = words(lang, 'me');
  if (gift.requests.length === 0) return null;
  return (
    <ul className="grid gap-3">
      {gift.requests.map((request) => (
        <li key={request.code}>
          {request.kind === 'refund'
            ? t('request.refund', {
                code: request.code,
                amount: amountText(amountOf(gift.bookCurrency, request.amountMinor ?? 0n)),
              })
            : t('request.move', { code: request.code, road: request.designation ?? t('whereNeeded') })}
          {' · '}
          {request.status === 'declined'
            ? t('request.declined', { answer: request.answer ?? '' })
            : t(
                `request.${request.status === 'done' ? 'done' : request.status === 'withdrawn' ? 'withdrawn' : 'open'}`,
              )}
          {request.status === 'open' && (
            <Act lang={lang} gift={gift} act="withdraw_request">
              <input type="hidden" name="request" value={request.code} />
              <div>
                <Btn kind="line" size="dense">
                  {t('request.withdraw')}
                </Btn>
              </div>
            </Act>
          )}
        </li>
      ))}
    </ul>
  );
}

export function Move({
  lang,
  gift,
  roads,
  committed,
}: Props & {
  readonly roads: readonly { readonly code: string; readonly name: LocalText }[];
  readonly committed: boolean;
}) {
  const t = words(lang, 'me');
  const choices = [
    ...(gift.designation === null ? [] : [{ value: 'where_needed', label: t('whereNeeded') }]),
    ...roads
      .filter((road) => road.code !== gift.designation)
      .map((road) => ({ value: road.code, label: t('onRoad', { code: road.code, name: road.name[lang] }) })),
  ];
  return (
    <Section id="move" title={t('move')} intro={t('moveHint')}>
      {committed ? (
        <p>{t('moveNo')}</p>
      ) : (
        <Act lang={lang} gift={gift} act="move">
          <SelectField id="designation" name="designation" label={t('moveTo')} choices={choices} />
          <div>
            <Btn kind="line">{t('ask')}</Btn>
          </div>
        </Act>
      )}
    </Section>
  );
}

export function Refund({ lang, gift }: Props) {
  const t = words(lang, 'me');
  const { currency, minor } = amountOf(gift.bookCurrency, gift.settledMinor ?? 0n);
  return (
    <Section id="refund" title={t('refund')} intro={t('refundHint')}>
      <Act lang={lang} gift={gift} act="refund">
        <TextField
          id="amount"
          name="amount"
          label={t('refundAmount', { currency })}
          figures
          inputMode="decimal"
          autoComplete="off"
          defaultValue={toDecimal(minor, currency)}
        />
        <input type="hidden" name="currency" value={currency} />
        <TextAreaField id="reason" name="reason" label={t('reason')} rows={3} required />
        <div>
          <Btn kind="line">{t('ask')}</Btn>
        </div>
      </Act>
    </Section>
  );
}

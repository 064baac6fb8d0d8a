import type { Metadata } from 'next';
import { Amt } from '@/app/_ui/amt/component';
import { Msg } from '@/app/_ui/msg/component';
import { Facts } from '@/app/_ui/page/component';
import { langParam } from '@/app/_ui/site/page-lang';
import { words } from '@/lib/i18n/words';
import { nextPartMinor, pledgeCard } from '@/lib/payments/pledge-card.queries';
import { amountText } from '@/lib/i18n/format';
import { amountCoveringFee } from '@/lib/payments/fee-estimate.rules';
import { makeFormToken } from '@/lib/payments/form-token';
import { workWords } from '../../_give/admit';
import { isCurrency, money, toDecimal } from '@/lib/shared/money';
import { accountingDate } from '@/lib/shared/time';
import { GiveShell } from '../../_give/shell';
import { stepWords } from '../../_give/step-words';
import { findPledge, payPledge } from './actions';
import { FindForm, PayForm } from './pay-forms';

type Props = {
  params: Promise<{ lang: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words(await langParam(params), 'give')('pay.title'), robots: { index: false } };
}

/** Paying a promise: found by its reference, paid early, in part, or with more than was promised. */
export default async function PayPage({ params, searchParams }: Props) {
  const lang = await langParam(params);
  const { ref } = await searchParams;
  const t = words(lang, 'give');
  const now = new Date();
  const card = typeof ref === 'string' ? await pledgeCard(ref, now.toISOString().slice(0, 10)) : null;
  if (!card || !isCurrency(card.currency))
    return (
      <GiveShell lang={lang} title={t('pay.title')}>
        <div className="give-stack">
          <p>{t('pay.lead')}</p>
          <FindForm
            action={findPledge.bind(null, lang)}
            answers={{ reference: typeof ref === 'string' ? ref : '' }}
            said={stepWords(lang, { currency: 'CNY', today: '' })}
            t={{
              reference: t('pay.reference'),
              hint: t('pay.referenceHint'),
              find: t('pay.find'),
            }}
          />
        </div>
      </GiveShell>
    );
  const { currency } = card;
  const dueMinor = nextPartMinor(card) || card.amountMinor;
  const facts = (
    <Facts
      facts={[
        { term: t('pay.promised'), value: <Amt value={money(currency, card.amountMinor)} /> },
        { term: t('pay.kept'), value: <Amt value={money(currency, card.keptMinor)} /> },
        { term: t('pay.left'), value: <Amt value={money(currency, card.leftMinor)} /> },
        {
          term: t('review.road'),
          value: card.road ? `${card.road.code} ${card.road.name[lang]}` : t('review.any'),
        },
      ]}
    />
  );
  const payable = ['open', 'partly_fulfilled', 'written_off'].includes(card.status);
  return (
    <GiveShell
      lang={lang}
      title={t('pay.found', { code: card.code })}
      back={`/${lang}/give/card?ref=${card.reference}`}
    >
      {payable ? (
        <PayForm
          action={payPledge.bind(null, lang, card.reference)}
          answers={{ amount: toDecimal(dueMinor, currency), method: '' }}
          currency={currency}
          leftMinor={String(card.leftMinor)}
          token={makeFormToken(now.getTime())}
          work={workWords(lang)}
          signInHref={`/${lang}/sign-in?next=${encodeURIComponent(`/${lang}/give/pay?ref=${card.reference}`)}`}
          transferHref={`/${lang}/give/card?ref=${card.reference}`}
          cover={{
            title: t('pay.cover'),
            note: t('pay.coverNote', {
              amount: amountText(money(currency, dueMinor)),
              card: amountText(money(currency, amountCoveringFee('card', dueMinor))),
              wallet: amountText(money(currency, amountCoveringFee('alipay', dueMinor))),
            }),
          }}
          surplus={{
            legend: t('pay.surplus'),
            hint: t('pay.surplusHint'),
            choices: [
              { value: 'next_instalment', title: t('pay.next_instalment') },
              { value: 'raise_pledge', title: t('pay.raise_pledge'), note: t('pay.raise_note') },
              { value: 'general_fund', title: t('pay.general_fund') },
              {
                value: 'refund',
                title: t('pay.refund', { left: amountText(money(currency, card.leftMinor)) }),
              },
            ],
          }}
          methods={[
            { value: 'alipay', title: t('method.alipay') },
            { value: 'wechat', title: t('method.wechat') },
            { value: 'card', title: t('method.card'), note: t('method.cardNote') },
            { value: 'bank', title: t('method.bank') },
          ]}
          said={stepWords(lang, { currency, today: accountingDate(now, card.timeZone) })}
          t={{
            amount: t('pay.amount'),
            amountHint: t('pay.amountHint'),
            legend: t('method.legend'),
            pay: t('pay.pay'),
            note: t('review.payNote'),
          }}
        >
          {facts}
        </PayForm>
      ) : (
        <div className="give-stack">
          {facts}
          <Msg kind="ok" title={card.status === 'fulfilled' ? t('card.used') : t('card.ended')} />
        </div>
      )}
    </GiveShell>
  );
}

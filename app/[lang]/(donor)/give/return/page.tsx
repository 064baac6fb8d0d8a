import type { Metadata } from 'next';
import { Amt } from '@/app/_ui/amt/component';
import { Btn, BtnLink } from '@/app/_ui/btn/component';
import { Msg } from '@/app/_ui/msg/component';
import { Facts } from '@/app/_ui/page/component';
import { langParam } from '@/app/_ui/site/page-lang';
import { amountText, momentText } from '@/lib/i18n/format';
import type { Lang } from '@/lib/i18n/languages';
import { refusals } from '@/lib/i18n/messages/refusals';
import { words } from '@/lib/i18n/words';
import { lookAtPayment, type SeenState } from '@/lib/payments/checkout.flow';
import { paymentOf, type PaymentFacts } from '@/lib/payments/payment.queries';
import { provider } from '@/lib/payments/provider';
import { makeFormToken } from '@/lib/payments/form-token';
import { isCurrency, money, type Money } from '@/lib/shared/money';
import { GiveShell } from '../../_give/shell';
import { failureReason, returnView } from './return.rules';
import { goOnPaying } from './actions';

type Props = {
  params: Promise<{ lang: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words(await langParam(params), 'give')('title'), robots: { index: false } };
}

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;
/** The page asks again by itself this often and no longer; afterwards it stays quiet with a button. */
const REFRESHES_MAX = 12;

/**
 * Where a giver comes back to from the payment page. It asks the provider itself, so it is right also when the
 * provider's message is late or lost, and it never says thank you before the money is there.
 */
export default async function ReturnPage({ params, searchParams }: Props) {
  const lang = await langParam(params);
  const asked = await searchParams;
  const tryId = typeof asked['try'] === 'string' && UUID.test(asked['try']) ? asked['try'] : null;
  const gateway = provider();
  const payment =
    tryId === null
      ? null
      : gateway === null
        ? await knownOnly(tryId)
        : await lookAtPayment(tryId, { gateway });
  const t = words(lang, 'give');
  if (!payment)
    return (
      <GiveShell lang={lang} title={t('result.titleUnknown')}>
        <div className="give-stack">
          <p>{t('result.unknown')}</p>
          <Help lang={lang} />
        </div>
      </GiveShell>
    );
  const view = returnView(payment.status, payment.state, payment.confirmed);
  const trouble = asked['trouble'] === '1' && (
    <Msg kind="err" title={t('refusedTitle')} alert>
      <p>{refusals[lang].payment_provider_unavailable}</p>
    </Msg>
  );
  switch (view) {
    case 'here':
      return <Here lang={lang} payment={payment} />;
    case 'gone':
      return (
        <GiveShell lang={lang} title={t('result.titleGone')}>
          <div className="give-stack">
            <p>{t('result.gone', { code: payment.donation })}</p>
            <BtnLink kind="primary" href={`/${lang}/gifts/${payment.donation}`}>
              {t('result.follow')}
            </BtnLink>
          </div>
        </GiveShell>
      );
    case 'waiting': {
      const count = Number(typeof asked['n'] === 'string' ? asked['n'] : 0) || 0;
      const again = `/${lang}/give/return?try=${payment.checkoutId}&n=${count + 1}`;
      return (
        <GiveShell lang={lang} title={t('result.titleWaiting')}>
          {count < REFRESHES_MAX && (
            <meta httpEquiv="refresh" content={`${Math.min(5 + count * 3, 30)};url=${again}`} />
          )}
          <div className="give-stack">
            <p role="status">{t('result.waiting')}</p>
            <What lang={lang} payment={payment} />
            <Msg kind="info" title={t('result.waitingCount')}>
              {count < REFRESHES_MAX && <p>{t('result.refresh')}</p>}
            </Msg>
            <BtnLink kind="line" href={again}>
              {t('result.ask')}
            </BtnLink>
          </div>
        </GiveShell>
      );
    }
    case 'left':
      return (
        <GiveShell lang={lang} title={t('result.titleLeft')}>
          <div className="give-stack">
            {trouble}
            {payment.failure !== null && (
              <Msg kind="err" title={t('result.titleFailed')} alert>
                <p>{t('result.failed', { why: t(`result.reasons.${failureReason(payment.failure)}`) })}</p>
              </Msg>
            )}
            <p>{t('result.left')}</p>
            <What lang={lang} payment={payment} />
            <GoOn lang={lang} payment={payment} label={t('result.goOn')} />
          </div>
        </GiveShell>
      );
    case 'ended': {
      const why = t(`result.reasons.${failureReason(payment.failure)}`);
      return (
        <GiveShell lang={lang} title={t('result.titleFailed')}>
          <div className="give-stack">
            {trouble}
            <Msg kind="err" title={t('result.titleFailed')} alert>
              <p>{payment.status === 'expired' ? t('result.expired') : t('result.failed', { why })}</p>
            </Msg>
            <What lang={lang} payment={payment} />
            <GoOn lang={lang} payment={payment} label={t('result.again')} />
          </div>
        </GiveShell>
      );
    }
  }
}

/** Without a provider there is nobody to ask. */
const knownOnly = async (tryId: string): Promise<SeenState | null> => {
  const payment = await paymentOf(tryId);
  return payment && { ...payment, confirmed: false };
};

const own = ({ currency, amountMinor }: PaymentFacts): Money | null =>
  isCurrency(currency) ? money(currency, amountMinor) : null;

function What({ lang, payment }: { lang: Lang; payment: PaymentFacts }) {
  const t = words(lang, 'give');
  const amount = own(payment);
  return (
    <Facts
      facts={[
        { term: t('result.gift'), value: payment.donation },
        { term: t('result.amount'), value: amount && <Amt value={amount} /> },
        { term: t('result.road'), value: payment.designation ?? t('review.any') },
        { term: t('result.since'), value: momentText(payment.askedAt, lang) },
      ]}
    />
  );
}

function GoOn({ lang, payment, label }: { lang: Lang; payment: PaymentFacts; label: string }) {
  const t = words(lang, 'give');
  return (
    <>
      <form action={goOnPaying.bind(null, lang, payment.checkoutId)} className="give-stack">
        <input type="hidden" name="token" value={makeFormToken(payment.askedAt.getTime())} />
        <Btn kind="give" wide>
          {label}
        </Btn>
      </form>
      <p className="caption">{t('result.never')}</p>
      <BtnLink kind="line" href={`/${lang}/give/method`}>
        {t('result.transfer')}
      </BtnLink>
      <Help lang={lang} />
    </>
  );
}

function Help({ lang }: { lang: Lang }) {
  return (
    <BtnLink kind="quiet" href={`/${lang}/about#contact`}>
      {words(lang, 'give')('result.help')}
    </BtnLink>
  );
}

async function Here({ lang, payment }: { lang: Lang; payment: PaymentFacts }) {
  const t = words(lang, 'give');
  const given = own(payment);
  const book = isCurrency(payment.bookCurrency) ? payment.bookCurrency : null;
  const { settledMinor, feeMinor, rate } = payment;
  return (
    <GiveShell lang={lang} title={t('result.titleCleared')}>
      <div className="give-stack">
        <Msg
          kind="ok"
          title={t('result.cleared', {
            code: payment.donation,
            amount: given ? amountText(given) : '',
          })}
        >
          {given && book && settledMinor !== null && rate !== null && (
            <p>
              {t('result.clearedForeign', {
                given: amountText(given),
                rate,
                settled: amountText(money(book, settledMinor)),
              })}
            </p>
          )}
          {book && settledMinor !== null && feeMinor !== null && feeMinor > 0n && (
            <p>
              {t('result.clearedFee', {
                fee: amountText(money(book, feeMinor)),
                net: amountText(money(book, settledMinor - feeMinor)),
              })}
            </p>
          )}
        </Msg>
        <What lang={lang} payment={payment} />
        <BtnLink kind="primary" href={`/${lang}/gifts/${payment.donation}`}>
          {t('result.follow')}
        </BtnLink>
      </div>
    </GiveShell>
  );
}

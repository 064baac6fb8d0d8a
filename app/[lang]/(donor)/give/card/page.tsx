import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { Amt } from '@/app/_ui/amt/component';
import { BtnLink } from '@/app/_ui/btn/component';
import { Msg } from '@/app/_ui/msg/component';
import { Steps } from '@/app/_ui/steps/component';
import { langParam } from '@/app/_ui/site/page-lang';
import { Ticket, type TicketLine } from '@/app/_ui/ticket/component';
import { amountText, dateText } from '@/lib/i18n/format';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import { nextPartMinor, pledgeCard, type PledgeCard } from '@/lib/payments/pledge-card.queries';
import { amountInWords } from '@/lib/receipts/amount-words.rules';
import { isCurrency, money, toDecimal, type Money } from '@/lib/shared/money';
import { formatReference } from '@/lib/shared/reference.rules';
import { GiveShell } from '../../_give/shell';

type Props = {
  params: Promise<{ lang: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words(await langParam(params), 'give')('card.title'), robots: { index: false } };
}

/** The transfer card of a promise: what to write, where to send the money, and what happens then. */
export default async function CardPage({ params, searchParams }: Props) {
  const lang = await langParam(params);
  const { ref } = await searchParams;
  const card = typeof ref === 'string' ? await pledgeCard(ref, new Date().toISOString().slice(0, 10)) : null;
  if (!card || !isCurrency(card.currency)) notFound();
  const t = words(lang, 'give');
  const whole = money(card.currency, card.amountMinor);
  const next = money(card.currency, nextPartMinor(card));
  const parts = card.instalments.length > 1;
  const last = card.instalments.at(-1)?.dueOn ?? card.pledgedOn;
  const ended = !['open', 'partly_fulfilled', 'fulfilled'].includes(card.status);
  return (
    <GiveShell lang={lang} title={parts ? t('card.titleParts') : t('card.title')}>
      <div className="give-stack">
        <Ticket
          lang={lang}
          lead={t('card.lead')}
          reference={formatReference(card.reference)}
          state={card.status === 'fulfilled' || ended ? 'used' : 'fresh'}
          stateNote={card.status === 'fulfilled' ? t('card.used') : ended ? t('card.ended') : undefined}
          lines={linesOf(lang, card, parts ? next : whole)}
        />
        {card.account === null && <Msg kind="info" title={t('card.noAccount')} />}
        <p>{t('card.by', { date: dateText(parts ? nextDue(card) : last, lang) })}</p>
        <Msg kind="info" title={t('card.forgot')}>
          <p>{t('card.forgotBody')}</p>
        </Msg>
        {parts && <Plan lang={lang} card={card} />}
        {card.leftMinor > 0n && (
          <BtnLink kind="line" href={`/${lang}/give/pay?ref=${card.reference}`}>
            {t('card.payNow')}
          </BtnLink>
        )}
        <section aria-labelledby="next">
          <h2 id="next">{t('card.next')}</h2>
          <Steps
            steps={[
              { title: t('card.today'), body: t('card.referenceGiven') },
              { title: t('card.arrives'), body: t('card.arrivesBody') },
              {
                title: t('card.allocated'),
                body: card.road
                  ? t('card.allocatedBody', { road: `${card.road.code} ${card.road.name[lang]}` })
                  : t('card.allocatedAny'),
              },
              { title: t('card.paved'), body: t('card.pavedBody') },
            ]}
          />
        </section>
        <p>{t('card.keep')}</p>
      </div>
    </GiveShell>
  );
}

const nextDue = (card: PledgeCard): string =>
  card.instalments.find((part) => part.keptMinor < part.amountMinor)?.dueOn ?? card.pledgedOn;

/** In Chinese the amount also stands in words (大写), as on a bank's slip. */
const linesOf = (lang: Lang, card: PledgeCard, amount: Money): TicketLine[] => {
  const t = words(lang, 'give');
  const lines: TicketLine[] = [
    {
      term: t('card.amount'),
      value: (
        <>
          <Amt value={amount} />
          {lang !== 'en' && <small>{amountInWords(amount, lang)}</small>}
        </>
      ),
      copy: toDecimal(amount.minor, amount.currency),
    },
  ];
  const { account } = card;
  if (account)
    lines.push(
      { term: t('card.holder'), value: account.holder[lang], copy: account.holder[lang] },
      { term: t('card.number'), value: account.number, copy: account.number.replaceAll(' ', '') },
      { term: t('card.bank'), value: account.bank[lang], copy: account.bank[lang] },
    );
  return lines;
};

function Plan({ lang, card }: { lang: Lang; card: PledgeCard }) {
  const t = words(lang, 'give');
  return (
    <section className="give-dates" aria-labelledby="plan">
      <h2 id="plan">{t('card.plan')}</h2>
      <ol>
        {card.instalments.map((part) => (
          <li key={part.dueOn}>
            <span>{dateText(part.dueOn, lang)}</span>
            <span className="num">
              {isCurrency(card.currency) && amountText(money(card.currency, part.amountMinor))} ·{' '}
              {part.keptMinor === part.amountMinor ? t('card.fulfilled') : t('card.due')}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

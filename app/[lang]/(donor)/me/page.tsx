import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { Amt } from '@/app/_ui/amt/component';
import { Btn, BtnLink, BtnRow } from '@/app/_ui/btn/component';
import { Empty, Msg } from '@/app/_ui/msg/component';
import { Section, Sheet, Wrap } from '@/app/_ui/page/component';
import { SignOutForm } from '@/app/_ui/session/keeper';
import { PublicShell } from '@/app/_ui/site/component';
import { readDisplay } from '@/app/_ui/site/display';
import { langParam } from '@/app/_ui/site/page-lang';
import { Table } from '@/app/_ui/table/component';
import { currentPerson } from '@/lib/auth/session';
import { giftPage } from '@/lib/disclosure/gift.queries';
import { giftEvidence } from '@/lib/disclosure/gift-evidence.queries';
import { myGiving, type MyGift, type MyPledge } from '@/lib/donors/me.queries';
import { amountText, dateText } from '@/lib/i18n/format';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import { formatReference } from '@/lib/shared/reference.rules';
import { amountOf, GIFT_STATES, known, PLEDGE_STATES, requireGiver } from './me';
import { Trail } from './trail';
import { footSignature } from '@/lib/proof/foot.queries';

type Props = {
  params: Promise<{ lang: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words(await langParam(params), 'me')('title'), robots: { index: false } };
}

/** Gifts whose way is told on the overview; the others have it on their own page. */
const TOLD = 10;

/** What I promised and gave, and where every fen of it is. */
export default async function MePage({ params, searchParams }: Props) {
  const lang = await langParam(params);
  const t = words(lang, 'me');
  const display = readDisplay(await cookies());
  const { forgotten, replanned } = await searchParams;
  if (forgotten === '1' && (await currentPerson()) === null)
    return (
      <PublicShell lang={lang} display={display} signature={await footSignature()}>
        <Wrap>
          <div className="mt-8 mb-12 grid gap-6">
            <h1 className="text-3xl">{t('title')}</h1>
            <Msg kind="ok" title={t('forgotten')}>
              {t('forgottenBody')}
            </Msg>
          </div>
        </Wrap>
      </PublicShell>
    );
  const live = await requireGiver(lang, 'me');
  const { pledges, gifts, remindersStopped, newsStopped } = await myGiving(live);
  const years = [
    ...new Set(gifts.flatMap((gift) => (gift.receivedOn === null ? [] : [gift.receivedOn.slice(0, 4)]))),
  ];
  return (
    <PublicShell lang={lang} display={display} signature={await footSignature()}>
      <Wrap>
        <div className="mt-8 mb-12 grid gap-6">
          <header className="grid gap-2">
            <h1 className="text-3xl">{t('title')}</h1>
            <p className="break-all">{live.email}</p>
            <p className="text-ink-2">{t('intro')}</p>
          </header>
          {replanned === '1' && <Msg kind="ok" title={t('replan.done')} />}
          {pledges.length + gifts.length === 0 && <Empty title={t('empty')}>{t('emptyBody')}</Empty>}
          {pledges.length > 0 && (
            <Section id="pledges" title={t('pledges')}>
              <div className="grid gap-5">
                {pledges.map((pledge) => (
                  <Pledge key={pledge.code} lang={lang} pledge={pledge} />
                ))}
              </div>
            </Section>
          )}
          {gifts.length > 0 && (
            <Section id="gifts" title={t('gifts')}>
              <div className="grid gap-5">
                {gifts.map((gift, index) => (
                  <Gift key={gift.code} lang={lang} gift={gift} told={index < TOLD} />
                ))}
              </div>
            </Section>
          )}
          {years.length > 0 && (
            <Section id="statements" title={t('statements')}>
              <BtnRow>
                {years.map((year) => (
                  <BtnLink key={year} kind="line" href={`/${lang}/me/statements/${year}`}>
                    {t('statement', { year })}
                  </BtnLink>
                ))}
              </BtnRow>
            </Section>
          )}
          <Section id="data" title={t('data')} intro={t('dataBody')}>
            {(remindersStopped || newsStopped) && (
              <p>
                {remindersStopped && t('remindersStopped')} {newsStopped && t('newsStopped')}
              </p>
            )}
            <BtnRow>
              <BtnLink kind="line" href={`/${lang}/me/data`} download>
                {t('download')}
              </BtnLink>
              <BtnLink kind="quiet" href={`/${lang}/me/forget`}>
                {t('forget')}
              </BtnLink>
              <BtnLink kind="quiet" href={`/${lang}/account`}>
                {t('account')}
              </BtnLink>
              <SignOutForm lang={lang}>
                <Btn kind="line">{t('signOut')}</Btn>
              </SignOutForm>
            </BtnRow>
          </Section>
        </div>
      </Wrap>
    </PublicShell>
  );
}

function Pledge({ lang, pledge }: { lang: Lang; pledge: MyPledge }) {
  const t = words(lang, 'me');
  const open = pledge.status === 'open' || pledge.status === 'partly_fulfilled';
  return (
    <Sheet>
      <h3>
        {t('pledge', { code: pledge.code })} · <Amt value={amountOf(pledge.currency, pledge.amountMinor)} /> ·{' '}
        {t(`pledgeState.${known(PLEDGE_STATES, pledge.status)}`)}
      </h3>
      <p className="caption mt-1 mb-3">
        {dateText(pledge.pledgedOn, lang)} · {formatReference(pledge.reference)} ·{' '}
        {pledge.designation ?? t('whereNeeded')}
      </p>
      <Table
        lang={lang}
        caption={t('plan', { code: pledge.code })}
        captionHidden
        rows={pledge.instalments}
        rowKey={(part) => part.dueOn}
        columns={[
          { key: 'due', head: t('due'), cell: (part) => dateText(part.dueOn, lang) },
          {
            key: 'part',
            head: t('part'),
            numeric: true,
            cell: (part) => <Amt value={amountOf(pledge.currency, part.amountMinor)} />,
          },
          {
            key: 'paid',
            head: t('paid'),
            numeric: true,
            cell: (part) => <Amt value={amountOf(pledge.currency, part.keptMinor)} />,
          },
        ]}
      />
      {open && (
        <div className="mt-4">
          <BtnRow>
            <BtnLink kind="primary" href={`/${lang}/give/card?ref=${pledge.reference}`}>
              {t('pay')}
            </BtnLink>
            <BtnLink kind="line" href={`/${lang}/me/pledges/${pledge.code}`}>
              {t('replan.link')}
            </BtnLink>
          </BtnRow>
        </div>
      )}
    </Sheet>
  );
}

async function Gift({ lang, gift, told }: { lang: Lang; gift: MyGift; told: boolean }) {
  const t = words(lang, 'me');
  const page = told && gift.receivedOn !== null ? await giftPage(gift.code) : null;
  const evidence = page && (await giftEvidence(page));
  const valid = gift.receipts.find((receipt) => receipt.status === 'issued');
  return (
    <Sheet>
      <h3>
        {t('gift', { code: gift.code })} · {amountText(amountOf(gift.currency, gift.amountMinor))} ·{' '}
        {t(`giftState.${known(GIFT_STATES, gift.status)}`)}
      </h3>
      <p className="caption mt-1 mb-4">
        {dateText(gift.receivedOn ?? gift.givenOn, lang)} · {gift.designation ?? t('whereNeeded')}
      </p>
      {page && evidence && <Trail lang={lang} page={page} evidence={evidence} />}
      <div className="mt-5">
        <BtnRow>
          <BtnLink kind="line" href={`/${lang}/me/gifts/${gift.code}`}>
            {t('open')}
          </BtnLink>
          {valid && (
            <BtnLink kind="quiet" href={`/${lang}/me/receipts/${valid.id}`}>
              {t('receipt', { number: valid.number })}
            </BtnLink>
          )}
        </BtnRow>
      </div>
    </Sheet>
  );
}

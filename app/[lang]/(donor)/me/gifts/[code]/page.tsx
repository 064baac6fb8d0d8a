import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { Msg } from '@/app/_ui/msg/component';
import { Crumbs, Wrap } from '@/app/_ui/page/component';
import { PublicShell } from '@/app/_ui/site/component';
import { readDisplay } from '@/app/_ui/site/display';
import { langParam } from '@/app/_ui/site/page-lang';
import { roadChoices } from '@/lib/disclosure/gift-roads.queries';
import { giftEvidence } from '@/lib/disclosure/gift-evidence.queries';
import { giftPage } from '@/lib/disclosure/gift.queries';
import { myGift } from '@/lib/donors/me.queries';
import { amountText, dateText } from '@/lib/i18n/format';
import { refusals } from '@/lib/i18n/messages/refusals';
import { words } from '@/lib/i18n/words';
import { isRefusalName } from '@/lib/shared/refusal';
import { amountOf, GIFT_STATES, known, notTheirs, requireGiver } from '../../me';
import { Trail } from '../../trail';
import { Consent, Move, Receipts, Refund, Requests } from './decisions';
import { footSignature } from '@/lib/proof/foot.queries';

type Props = {
  params: Promise<{ lang: string; code: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const lang = await langParam(params);
  return { title: words(lang, 'me')('gift', { code: (await params).code }), robots: { index: false } };
}

/** One gift of mine: its way, its receipts, and what I may still decide about it. */
export default async function MyGiftPage({ params, searchParams }: Props) {
  const lang = await langParam(params);
  const { code } = await params;
  const live = await requireGiver(lang, `me/gifts/${code}`);
  const gift = (await myGift(live, code)) ?? notTheirs('code');
  const t = words(lang, 'me');
  const { done, refused } = await searchParams;
  const page = gift.receivedOn === null ? null : await giftPage(gift.code);
  const evidence = page && (await giftEvidence(page));
  const received = page !== null;
  const committed =
    page?.places.some((place) => ['committed', 'certified', 'paid'].includes(place.state)) ?? false;
  const roads = received && !committed ? await roadChoices(gift.campaign) : [];
  return (
    <PublicShell lang={lang} display={readDisplay(await cookies())} signature={await footSignature()}>
      <Wrap>
        <div className="mt-8 mb-12 grid gap-6">
          <Crumbs lang={lang} steps={[{ href: `/${lang}/me`, label: t('title') }]} here={gift.code} />
          <header className="grid gap-2">
            <h1 className="text-3xl">{t('gift', { code: gift.code })}</h1>
            <p>
              {amountText(amountOf(gift.currency, gift.amountMinor))} ·{' '}
              {t(`giftState.${known(GIFT_STATES, gift.status)}`)} ·{' '}
              {dateText(gift.receivedOn ?? gift.givenOn, lang)} · {gift.designation ?? t('whereNeeded')}
            </p>
            {received && <a href={`/${lang}/gifts/${gift.code}`}>{t('publicPage')}</a>}
          </header>
          {done === '1' && <Msg kind="ok" title={t('done')} />}
          {typeof refused === 'string' && (
            <Msg kind="err" title={t('refused')} alert>
              {isRefusalName(refused) ? refusals[lang][refused] : refusals[lang].invalid_input}
            </Msg>
          )}
          {page && evidence && <Trail lang={lang} page={page} evidence={evidence} drawn />}
          <Receipts lang={lang} gift={gift} />
          <Consent lang={lang} gift={gift} />
          <Requests lang={lang} gift={gift} />
          {received && <Move lang={lang} gift={gift} roads={roads} committed={committed} />}
          {received && <Refund lang={lang} gift={gift} />}
        </div>
      </Wrap>
    </PublicShell>
  );
}

import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { readDisplay } from '@/app/_ui/site/display';
import { langParam } from '@/app/_ui/site/page-lang';
import { PublicShell } from '@/app/_ui/site/component';
import { giftEvidence } from '@/lib/disclosure/gift-evidence.queries';
import { giftPage } from '@/lib/disclosure/gift.queries';
import { words } from '@/lib/i18n/words';
import { GiftView } from './gift-view';
import { footSignature } from '@/lib/proof/foot.queries';

type Props = { params: Promise<{ lang: string; code: string }> };

const NUMBER = /^G-\d{4,12}$/;

const found = cache(async (code: string) => (NUMBER.test(code) ? giftPage(code) : null));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const lang = await langParam(params);
  const { code } = await params;
  // A gift's page is for those who have its number, not for search engines.
  return { title: words(lang, 'gift')('title', { code }), robots: { index: false } };
}

/** One gift and every fen of it. Reads only what is public; nothing on this page is behind a sign-in. */
export default async function Page({ params }: Props) {
  const lang = await langParam(params);
  const { code } = await params;
  const page = (await found(code)) ?? notFound();
  return (
    <PublicShell lang={lang} display={readDisplay(await cookies())} signature={await footSignature()}>
      <GiftView lang={lang} page={page} evidence={await giftEvidence(page)} />
    </PublicShell>
  );
}

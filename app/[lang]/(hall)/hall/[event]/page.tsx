import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { Qr } from '@/app/_ui/qr/component';
import { Mark } from '@/app/_ui/site/component';
import { langParam } from '@/app/_ui/site/page-lang';
import { hallSnapshot } from '@/lib/disclosure/hall-snapshot';
import { env } from '@/lib/env';
import { words } from '@/lib/i18n/words';
import { HallScreen } from './hall-screen';

type Props = { params: Promise<{ lang: string; event: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words(await langParam(params), 'hall')('title'), robots: { index: false } };
}

const SECONDS = 15;

/** The screen of a hall: whole without script, where it comes again by itself; with script it is told of changes. */
export default async function HallPage({ params }: Props) {
  const lang = await langParam(params);
  const { event } = await params;
  const kept = /^[a-z0-9-]{1,60}$/.test(event) ? await hallSnapshot(event) : null;
  if (!kept) notFound();
  const t = words(lang, 'hall');
  const url = `${env.PUBLIC_URL}/${lang}/give?event=${event}`;
  const keep = ['count', 'roads', 'all', 'target', 'time', 'name', 'road', 'pledged', 'received'];
  const pattern = Object.fromEntries(keep.map((name) => [name, `{${name}}`])) as Record<
    'count' | 'roads' | 'all' | 'target' | 'time' | 'name' | 'road' | 'pledged' | 'received',
    string
  >;
  return (
    <>
      <noscript>
        <meta httpEquiv="refresh" content={String(SECONDS)} />
      </noscript>
      <HallScreen
        lang={lang}
        first={kept.snapshot}
        t={{
          title: t('title'),
          pledged: t('pledged'),
          promises: t('promises', pattern),
          received: t('received'),
          names: t('names'),
          onlyConsent: t('onlyConsent'),
          none: t('none'),
          now: t('now'),
          gave: t('gave', pattern),
          any: t('any'),
          scan: t('scan'),
          live: t('live', pattern),
          lost: t('lost', pattern),
          still: t('still', pattern),
          illustrative: t('illustrative'),
          gravel: t('gravel'),
          survey: t('survey'),
          roadsLit: t('roadsLit', pattern),
        }}
        mark={<Mark />}
        qr={<Qr text={url} label={t('qr', { url })} />}
      />
    </>
  );
}

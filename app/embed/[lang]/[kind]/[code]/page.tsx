import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { embedFacts } from '@/lib/disclosure/embed.queries';
import { env } from '@/lib/env';
import { dateText } from '@/lib/i18n/format';
import { words } from '@/lib/i18n/words';
import { isCurrency } from '@/lib/shared/money';
import { FiveNumbers, RoadBarPicture } from '../../../../_ui/road-bar/component';
import { langParam } from '../../../../_ui/site/page-lang';

type Params = { params: Promise<{ lang: string; kind: string; code: string }> };

const facts = cache(embedFacts);

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const lang = await langParam(params);
  const { kind, code } = await params;
  return { title: (await facts(kind, code))?.name[lang] };
}

/** The road bar of a campaign or of one road, to be framed by other pages. Links open outside the frame. */
export default async function EmbedPage({ params }: Params) {
  const lang = await langParam(params);
  const { kind, code } = await params;
  const found = await facts(kind, code);
  if (!found || !isCurrency(found.currency)) notFound();
  const t = words(lang, 'openData');
  const page = kind === 'roads' ? `${env.PUBLIC_URL}/${lang}/roads/${code}` : `${env.PUBLIC_URL}/${lang}`;
  const { figures, currency } = found;
  return (
    <main className="p-4">
      <h1 className="text-lg">
        <a href={page} target="_blank" rel="noopener">
          {found.name[lang]}
        </a>
      </h1>
      <RoadBarPicture lang={lang} currency={currency} figures={figures} />
      {kind === 'campaigns' && (
        <FiveNumbers
          lang={lang}
          currency={currency}
          figures={figures}
          explain={{ pledged: '', received: '', allocated: '', committed: '', paid: '' }}
        />
      )}
      <p className="text-sm">
        {found.asOf !== null && <>{t('embedAsOf', { day: dateText(found.asOf, lang) })} · </>}
        <a href={page} target="_blank" rel="noopener">
          {t('embedSource')}
        </a>
        {found.illustrative && <> · {t('illustrative')}</>}
      </p>
    </main>
  );
}

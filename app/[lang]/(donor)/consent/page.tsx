import type { Metadata } from 'next';
import { words } from '@/lib/i18n/words';
import { Wrap } from '../../../_ui/page/component';
import { langParam } from '../../../_ui/site/page-lang';
import { LetterQuestion } from './question';

type Props = { params: Promise<{ lang: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return {
    title: words(await langParam(params), 'changes')('own.title'),
    robots: { index: false },
    // With no referrer at all browsers leave out the origin as well, and an answer given without script is refused.
    referrer: 'same-origin',
  };
}

/** The one question of a letter: may this gift serve another purpose? Opens by the letter's own link or code only. */
export default async function ConsentPage({ params }: Props) {
  const lang = await langParam(params);
  const t = words(lang, 'changes');
  return (
    <Wrap>
      <div className="mt-8 mb-12 grid max-w-2xl gap-5">
        <h1 className="text-3xl">{t('own.title')}</h1>
        <LetterQuestion
          lang={lang}
          words={{
            reading: t('own.reading'),
            paste: t('own.paste'),
            open: t('own.open'),
            unknown: t('own.unknown'),
            unknownBody: t('own.unknownBody'),
            agree: t('own.agree'),
            refuse: t('own.refuse'),
          }}
        />
      </div>
    </Wrap>
  );
}

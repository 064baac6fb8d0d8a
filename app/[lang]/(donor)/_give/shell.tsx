import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { Icon } from '@/app/_ui/icon/component';
import { Wrap } from '@/app/_ui/page/component';
import { DemoNotice, Mark, SiteFoot, SkipLink } from '@/app/_ui/site/component';
import { readDisplay } from '@/app/_ui/site/display';
import { LanguageLinks } from '@/app/_ui/site/where';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import { footSignature } from '@/lib/proof/foot.queries';

/** Head and foot of a page with one question: where you are, the way back, and nothing that leads away. */
export async function GiveShell({
  lang,
  title,
  step,
  back,
  children,
}: {
  lang: Lang;
  title: string;
  step?: { readonly n: number; readonly total: number } | undefined;
  /** Address of the question before; without one the way back is the site. */
  back?: string | undefined;
  children: ReactNode;
}) {
  const t = words(lang, 'give');
  const common = words(lang, 'common');
  return (
    <>
      <SkipLink lang={lang} />
      <DemoNotice lang={lang} />
      <header className="give-head no-print">
        <Wrap>
          <a className="give-back" href={back ?? `/${lang}`} aria-label={back ? t('back') : t('toSite')}>
            <Icon name="backward" />
          </a>
          <a className="logo" href={`/${lang}`}>
            <Mark />
            <span lang="zh-Hans">{common('brand')}</span>
          </a>
          {step && <span className="give-step num">{t('step', step)}</span>}
          <LanguageLinks lang={lang} label={common('language')} />
        </Wrap>
      </header>
      <Progress share={step ? step.n / step.total : 1} />
      <main id="main" className="give-page">
        <h1>{title}</h1>
        {children}
      </main>
      <SiteFoot lang={lang} display={readDisplay(await cookies())} signature={await footSignature()} />
    </>
  );
}

/** The road under the head grows with every answer; it says what the step count says. */
function Progress({ share }: { share: number }) {
  const width = `${Math.round(share * 1000) / 10}%`;
  return (
    <svg className="give-bar no-print" aria-hidden="true" focusable="false">
      <rect className="give-bar-gravel" width="100%" height="14" />
      <rect className="give-bar-asphalt" width={width} height="14" />
      <line className="give-bar-paint" x1="0" x2={width} y1="7" y2="7" />
    </svg>
  );
}

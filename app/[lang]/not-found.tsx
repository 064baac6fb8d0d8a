import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { words } from '@/lib/i18n/words';
import { BtnLink, BtnRow } from '../_ui/btn/component';
import { Wrap } from '../_ui/page/component';
import { PublicShell } from '../_ui/site/component';
import { pageLang } from '../_ui/site/page-lang';
import { readDisplay } from '../_ui/site/display';
import { footSignature } from '@/lib/proof/foot.queries';

export async function generateMetadata(): Promise<Metadata> {
  return { title: words(await pageLang(), 'common')('notFound.title') };
}

export default async function NotFound() {
  const lang = await pageLang();
  const t = words(lang, 'common');
  return (
    <PublicShell lang={lang} display={readDisplay(await cookies())} signature={await footSignature()}>
      <Wrap>
        <div className="grid gap-5 pt-12">
          <h1 className="text-3xl">{t('notFound.title')}</h1>
          <p>{t('notFound.body')}</p>
          <BtnRow>
            <BtnLink href={`/${lang}`}>{t('notFound.home')}</BtnLink>
            <BtnLink kind="line" href={`/${lang}/ledger`}>
              {t('notFound.ledger')}
            </BtnLink>
          </BtnRow>
        </div>
      </Wrap>
    </PublicShell>
  );
}

import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { Btn, BtnLink } from '@/app/_ui/btn/component';
import { Msg } from '@/app/_ui/msg/component';
import { Wrap } from '@/app/_ui/page/component';
import { PublicShell } from '@/app/_ui/site/component';
import { readDisplay } from '@/app/_ui/site/display';
import { langParam } from '@/app/_ui/site/page-lang';
import { words } from '@/lib/i18n/words';
import { readStopToken } from '@/lib/letters/stop-token';
import { stopByLink } from './actions';
import { footSignature } from '@/lib/proof/foot.queries';

type Props = {
  params: Promise<{ lang: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words(await langParam(params), 'me')('stop.title'), robots: { index: false } };
}

/** Ends letters of one kind by the link in a letter, without signing in. */
export default async function StopPage({ params, searchParams }: Props) {
  const lang = await langParam(params);
  const { t: typed, done } = await searchParams;
  const t = words(lang, 'me');
  const token = typeof typed === 'string' ? typed : '';
  const about = readStopToken(token);
  return (
    <PublicShell lang={lang} display={readDisplay(await cookies())} signature={await footSignature()}>
      <Wrap>
        <div className="mt-8 mb-12 grid max-w-xl gap-5">
          <h1 className="text-3xl">{t('stop.title')}</h1>
          {about === null && (
            <Msg kind="warn" title={t('stop.unknown')}>
              {t('stop.unknownBody')}
            </Msg>
          )}
          {about !== null && done === '1' && (
            <Msg kind="ok" title={t(`stop.done.${about.kind}`)}>
              {t('stop.again')}
            </Msg>
          )}
          {about !== null && done !== '1' && (
            <form action={stopByLink} className="grid gap-4">
              <input type="hidden" name="lang" value={lang} />
              <input type="hidden" name="token" value={token} />
              <p>{t(`stop.ask.${about.kind}`)}</p>
              <div>
                <Btn kind="primary" type="submit">
                  {t('stop.yes')}
                </Btn>
              </div>
            </form>
          )}
          <div>
            <BtnLink kind="quiet" href={`/${lang}/me`}>
              {t('stop.toMe')}
            </BtnLink>
          </div>
        </div>
      </Wrap>
    </PublicShell>
  );
}

import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { Btn } from '@/app/_ui/btn/component';
import { Tile } from '@/app/_ui/form/component';
import { Msg } from '@/app/_ui/msg/component';
import { Wrap } from '@/app/_ui/page/component';
import { PublicShell } from '@/app/_ui/site/component';
import { readDisplay } from '@/app/_ui/site/display';
import { langParam } from '@/app/_ui/site/page-lang';
import { refusals } from '@/lib/i18n/messages/refusals';
import { words } from '@/lib/i18n/words';
import { newId } from '@/lib/shared/id';
import { isRefusalName } from '@/lib/shared/refusal';
import { forgetMine } from '../actions';
import { requireGiver } from '../me';
import { footSignature } from '@/lib/proof/foot.queries';

type Props = {
  params: Promise<{ lang: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words(await langParam(params), 'me')('forgetTitle'), robots: { index: false } };
}

/** Says plainly what goes, what stays and why, before anything is erased. */
export default async function ForgetPage({ params, searchParams }: Props) {
  const lang = await langParam(params);
  const live = await requireGiver(lang, 'me/forget');
  const t = words(lang, 'me');
  const { refused } = await searchParams;
  return (
    <PublicShell lang={lang} display={readDisplay(await cookies())} signature={await footSignature()}>
      <Wrap>
        <div className="mt-8 mb-12 grid max-w-2xl gap-5">
          <h1 className="text-3xl">{t('forgetTitle')}</h1>
          {typeof refused === 'string' && (
            <Msg kind="err" title={t('refused')} alert>
              {refused === 'invalid_input' || !isRefusalName(refused)
                ? t('forgetConfirmMissing')
                : refusals[lang][refused]}
            </Msg>
          )}
          <p className="break-all">{live.email}</p>
          <h2>{t('forgetWhat')}</h2>
          <ul className="grid list-disc gap-3 pl-5">
            <li>{t('forgetGone')}</li>
            <li>{t('forgetKept')}</li>
            <li>{t('forgetReceipts')}</li>
            <li>{t('forgetPledges')}</li>
            <li>{t('forgetAccount')}</li>
          </ul>
          <form action={forgetMine} className="grid gap-4">
            <input type="hidden" name="lang" value={lang} />
            <input type="hidden" name="key" value={newId()} />
            <Tile type="checkbox" name="confirm" value="yes" title={t('forgetConfirm')} />
            <div>
              <Btn kind="primary">{t('forgetYes')}</Btn>
            </div>
          </form>
          <a href={`/${lang}/me`}>{t('back')}</a>
        </div>
      </Wrap>
    </PublicShell>
  );
}

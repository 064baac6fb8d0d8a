import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { readNextPath } from '@/lib/auth/next-path.rules';
import { currentPerson } from '@/lib/auth/session';
import { words } from '@/lib/i18n/words';
import { langParam } from '../../../../_ui/site/page-lang';
import { giveSecondFactor } from '../../_entry/actions';
import { EntryForm } from '../../_entry/code-form';
import { Entry } from '../../_entry/entry';
import { UsePasskey } from '../../_entry/passkey-use';
import { landing, one, type Query } from '../../_entry/landing';

type Props = { params: Promise<{ lang: string }>; searchParams: Query };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words(await langParam(params), 'signIn')('factor.title') };
}

/** The number from the authenticator app: at signing in, and again before weighty acts. */
export default async function SecondFactorPage({ params, searchParams }: Props) {
  const lang = await langParam(params);
  const live = await currentPerson();
  if (live === null) redirect(`/${lang}/sign-in`);
  if (!live.hasSecondFactor) redirect(landing(live, lang));
  const t = words(lang, 'signIn');
  const next = readNextPath(one((await searchParams)['next'])) ?? '';
  return (
    <Entry
      title={t('factor.title')}
      intro={t(live.secondFactorSecondsAgo === null ? 'factor.intro' : 'factor.again')}
    >
      {live.hasPasskey && (
        <UsePasskey lang={lang} next={next} words={{ use: t('passkey.use'), failed: t('passkey.failed') }} />
      )}
      <EntryForm
        action={giveSecondFactor}
        hidden={{ lang, next }}
        field={{ name: 'code', label: t('factor.label'), hint: t('factor.hint'), type: 'code' }}
        submit={t('factor.submit')}
      />
      <p className="caption">{t('factor.lost')}</p>
    </Entry>
  );
}

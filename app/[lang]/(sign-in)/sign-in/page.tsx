import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { readNextPath } from '@/lib/auth/next-path.rules';
import { currentPerson } from '@/lib/auth/session';
import { words } from '@/lib/i18n/words';
import { Msg } from '../../../_ui/msg/component';
import { langParam } from '../../../_ui/site/page-lang';
import { ask } from '../_entry/actions';
import { EntryForm } from '../_entry/code-form';
import { Entry } from '../_entry/entry';
import { landing, one, type Query } from '../_entry/landing';

type Props = { params: Promise<{ lang: string }>; searchParams: Query };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words(await langParam(params), 'signIn')('ask.title') };
}

/** Asks for the address. Who is signed in already goes on. */
export default async function SignInPage({ params, searchParams }: Props) {
  const lang = await langParam(params);
  const query = await searchParams;
  const next = readNextPath(one(query['next']));
  const live = await currentPerson();
  if (live !== null) redirect(next ?? landing(live, lang));
  const t = words(lang, 'signIn');
  return (
    <Entry title={t('ask.title')} intro={t('ask.intro')}>
      {one(query['problem']) === 'factor_ended' && <Msg kind="err" title={t('factor.ended')} />}
      <EntryForm
        action={ask}
        hidden={{ lang, next: next ?? '' }}
        field={{ name: 'email', label: t('ask.email'), hint: t('ask.emailHint'), type: 'email' }}
        submit={t('ask.send')}
      />
      <p className="caption">{t('ask.noAddress')}</p>
    </Entry>
  );
}

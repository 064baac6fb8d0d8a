import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { askedBrowser } from '@/lib/auth/session';
import { refusals } from '@/lib/i18n/messages/refusals';
import { words } from '@/lib/i18n/words';
import { Btn } from '../../../../_ui/btn/component';
import { TextField } from '../../../../_ui/form/component';
import { langParam } from '../../../../_ui/site/page-lang';
import { Entry } from '../../_entry/entry';
import { one, type Query } from '../../_entry/landing';

type Props = { params: Promise<{ lang: string }>; searchParams: Query };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words(await langParam(params), 'signIn')('code.title') };
}

/** What may have gone wrong with a code, as the handler names it in the address. */
const PROBLEMS = [
  'code_wrong',
  'code_expired',
  'code_used',
  'code_tries_used_up',
  'too_many_requests',
] as const;

/** Takes the code in the browser that asked for it. It says the same whether the address is known or not. */
export default async function CodePage({ params, searchParams }: Props) {
  const lang = await langParam(params);
  const asked = await askedBrowser();
  if (asked === null) redirect(`/${lang}/sign-in`);
  const named = one((await searchParams)['problem']);
  const problem = PROBLEMS.find((known) => known === named);
  const t = words(lang, 'signIn');
  return (
    <Entry title={t('code.title')} intro={t('code.sent', { email: asked.email })}>
      <form method="post" action="/api/auth/callback/email" className="grid gap-5">
        <input type="hidden" name="lang" value={lang} />
        <TextField
          id="code"
          name="code"
          label={t('code.label')}
          hint={t('code.hint')}
          error={problem && refusals[lang][problem]}
          type="text"
          autoComplete="one-time-code"
          autoCapitalize="characters"
          spellCheck={false}
          maxLength={60}
          required
          figures
        />
        <Btn type="submit" wide>
          {t('code.submit')}
        </Btn>
      </form>
      <p>{t('code.otherDevice')}</p>
      <p className="caption">
        <b>{t('code.nothing')}</b> {t('code.nothingHelp')} <a href={`/${lang}/sign-in`}>{t('code.again')}</a>
        {lang === 'en' ? '.' : '。'}
      </p>
    </Entry>
  );
}

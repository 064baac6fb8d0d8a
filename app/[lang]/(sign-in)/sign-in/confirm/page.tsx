import type { Metadata } from 'next';
import { requestOfLink } from '@/lib/auth/sign-in.queries';
import { words } from '@/lib/i18n/words';
import { Btn, BtnLink } from '../../../../_ui/btn/component';
import { Msg } from '../../../../_ui/msg/component';
import { langParam } from '../../../../_ui/site/page-lang';
import { Entry } from '../../_entry/entry';
import { one, type Query } from '../../_entry/landing';

type Props = { params: Promise<{ lang: string }>; searchParams: Query };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words(await langParam(params), 'signIn')('confirm.title') };
}

/** Where the mailed link leads. Opening it changes nothing, so a mail scanner may; only the button signs in. */
export default async function ConfirmPage({ params, searchParams }: Props) {
  const lang = await langParam(params);
  const t = words(lang, 'signIn');
  const token = one((await searchParams)['token']) ?? '';
  const asked = await requestOfLink(token);
  if (!asked?.usable || asked.email === null)
    return (
      <Entry title={t('confirm.title')}>
        <Msg kind="err" title={t('confirm.over')}>
          <p>{t('confirm.overBody')}</p>
        </Msg>
        <BtnLink href={`/${lang}/sign-in`} wide>
          {t('confirm.again')}
        </BtnLink>
      </Entry>
    );
  return (
    <Entry title={t('confirm.title')}>
      <p>
        {t('confirm.as')} <b className="break-all">{asked.email}</b>
      </p>
      <form method="post" action="/api/auth/callback/email">
        <input type="hidden" name="lang" value={lang} />
        <input type="hidden" name="token" value={token} />
        <Btn type="submit" wide>
          {t('confirm.submit')}
        </Btn>
      </form>
      <p className="caption">
        {t('confirm.once')} {t('confirm.notYou')}
      </p>
    </Entry>
  );
}

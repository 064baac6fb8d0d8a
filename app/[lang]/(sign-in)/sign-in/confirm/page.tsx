import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { words } from '@/lib/i18n/words';
import { ledOn } from '@/lib/shared/letter-link.rules';
import { langParam } from '../../../../_ui/site/page-lang';
import { Entry } from '../../_entry/entry';
import { one, type Query } from '../../_entry/landing';
import { MailedLink } from '../../_entry/mailed-link';

type Props = { params: Promise<{ lang: string }>; searchParams: Query };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words(await langParam(params), 'signIn')('confirm.title') };
}

/** Where the mailed link leads. Opening it changes nothing, so a mail scanner may; only the button signs in. */
export default async function ConfirmPage({ params, searchParams }: Props) {
  const lang = await langParam(params);
  const t = words(lang, 'signIn');
  const { token, over } = await searchParams;
  // As in letters on their way, or of a server that is not yet restarted, while a new version is put in place.
  const old = one(token);
  if (old !== null) redirect(ledOn(`/${lang}/sign-in/confirm`, old));
  return (
    <Entry title={t('confirm.title')}>
      <MailedLink
        lang={lang}
        over={one(over) !== null}
        words={{
          reading: t('confirm.reading'),
          paste: t('confirm.paste'),
          pasteWrong: t('confirm.pasteWrong'),
          open: t('confirm.open'),
          code: t('confirm.code'),
          as: t('confirm.as'),
          submit: t('confirm.submit'),
          once: t('confirm.once'),
          notYou: t('confirm.notYou'),
          over: t('confirm.over'),
          overBody: t('confirm.overBody'),
          again: t('confirm.again'),
        }}
      />
    </Entry>
  );
}

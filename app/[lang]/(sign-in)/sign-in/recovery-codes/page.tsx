import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { currentPerson, requireRecentSecondFactor } from '@/lib/auth/session';
import { words } from '@/lib/i18n/words';
import { langParam } from '../../../../_ui/site/page-lang';
import { renewCodes } from '../../_entry/actions';
import { EntryForm } from '../../_entry/code-form';
import { Entry } from '../../_entry/entry';
import { FRESH_MINUTES } from '../../_entry/asked';
import { landing } from '../../_entry/landing';

type Props = { params: Promise<{ lang: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words(await langParam(params), 'signIn')('renew.title') };
}

/** New recovery codes, after a fresh second factor; shown once. */
export default async function RecoveryCodesPage({ params }: Props) {
  const lang = await langParam(params);
  const live = await currentPerson();
  if (live === null) redirect(`/${lang}/sign-in`);
  if (!live.hasSecondFactor) redirect(landing(live, lang));
  await requireRecentSecondFactor(FRESH_MINUTES, lang);
  const t = words(lang, 'signIn');
  return (
    <Entry title={t('renew.title')} intro={t('renew.why')}>
      <EntryForm
        action={renewCodes}
        hidden={{ lang }}
        field={null}
        submit={t('renew.submit')}
        codes={{
          title: t('setUp.codes'),
          why: t('setUp.codesWhy'),
          next: t('setUp.next'),
          nextHref: `/${lang}/account`,
        }}
      />
    </Entry>
  );
}

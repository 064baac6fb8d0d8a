import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { pendingSecret } from '@/lib/auth/person.queries';
import { currentPerson } from '@/lib/auth/session';
import { totpUri } from '@/lib/auth/totp';
import { words } from '@/lib/i18n/words';
import { Btn } from '../../../../_ui/btn/component';
import { langParam } from '../../../../_ui/site/page-lang';
import { beginSetUp, confirmSetUp } from '../../_entry/actions';
import { EntryForm } from '../../_entry/code-form';
import { Entry } from '../../_entry/entry';
import { landing, type Query } from '../../_entry/landing';
import { Qr } from '@/app/_ui/qr/component';

type Props = { params: Promise<{ lang: string }>; searchParams: Query };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words(await langParam(params), 'signIn')('setUp.title') };
}

/** Ties an authenticator app to the account of someone who works here: begin, scan, confirm, keep the codes. */
export default async function SetUpPage({ params }: Props) {
  const lang = await langParam(params);
  const live = await currentPerson();
  if (live === null) redirect(`/${lang}/sign-in`);
  if (live.roles.length === 0) redirect(landing(live, lang));
  const t = words(lang, 'signIn');
  const secret = await pendingSecret(live.personId);
  // Right after confirming, this page is drawn once more, under the codes; only a later visit is sent on.
  const justConfirmed = live.hasSecondFactor && (live.secondFactorSecondsAgo ?? Infinity) < 60;
  if (live.hasSecondFactor && !justConfirmed) redirect(landing(live, lang));
  return (
    <Entry title={t('setUp.title')} intro={t('setUp.why')}>
      {secret === null && !live.hasSecondFactor ? (
        <form action={beginSetUp} className="grid gap-5">
          <input type="hidden" name="lang" value={lang} />
          <p>{t('setUp.need')}</p>
          <Btn type="submit" wide>
            {t('setUp.begin')}
          </Btn>
        </form>
      ) : (
        <EntryForm
          action={confirmSetUp}
          hidden={{ lang }}
          field={{ name: 'code', label: t('setUp.label'), type: 'code' }}
          submit={t('setUp.confirm')}
          codes={{
            title: t('setUp.codes'),
            why: t('setUp.codesWhy'),
            next: t('setUp.next'),
            nextHref: `/${lang}/finance`,
          }}
        >
          {secret !== null && (
            <div className="grid gap-3">
              <p>
                <b>{t('setUp.scan')}</b>
              </p>
              <Qr text={totpUri(secret, live.email)} label={t('setUp.qr')} />
              <details>
                <summary>{t('setUp.secret')}</summary>
                <p className="mt-2 break-words">
                  <code>{secret.match(/.{4}/g)?.join(' ')}</code>
                </p>
              </details>
            </div>
          )}
        </EntryForm>
      )}
    </Entry>
  );
}

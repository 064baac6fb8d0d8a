import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { accountOf } from '@/lib/auth/person.queries';
import { currentPerson } from '@/lib/auth/session';
import { momentText } from '@/lib/i18n/format';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import { Btn, BtnLink, BtnRow } from '../../../_ui/btn/component';
import { Msg } from '../../../_ui/msg/component';
import { Facts, Section, Sheet, Wrap } from '../../../_ui/page/component';
import { SignOutForm } from '../../../_ui/session/keeper';
import { langParam } from '../../../_ui/site/page-lang';
import { Table } from '../../../_ui/table/component';
import { endSessions } from '../_entry/actions';
import { Passkeys } from '../_entry/passkeys';
import { one, type Query } from '../_entry/landing';

type Props = { params: Promise<{ lang: string }>; searchParams: Query };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words(await langParam(params), 'signIn')('account.title') };
}

/** Who I am here, what protects the account, and where I am signed in; any of these sessions can be ended. */
export default async function AccountPage({ params, searchParams }: Props) {
  const lang = await langParam(params);
  const live = await currentPerson();
  if (live === null) redirect(`/${lang}/sign-in?next=${encodeURIComponent(`/${lang}/account`)}`);
  const t = words(lang, 'signIn');
  const account = await accountOf(live.personId);
  const staff = live.roles.length > 0;
  return (
    <Wrap>
      <div className="mt-8 mb-12 grid gap-6">
        <h1 className="text-3xl">{t('account.title')}</h1>
        <Done lang={lang} done={one((await searchParams)['done'])} />
        <Sheet>
          <Facts
            facts={[
              { term: t('account.name'), value: live.name },
              { term: t('account.email'), value: <span className="break-all">{live.email}</span> },
              {
                term: t('account.roles'),
                value: (staff ? live.roles : (['donor'] as const))
                  .map((role) => t(`roles.${role}`))
                  .join(' · '),
              },
              ...(staff
                ? [
                    {
                      term: t('account.factor'),
                      value: (
                        <>
                          {t(live.hasSecondFactor ? 'account.factorOn' : 'account.factorOff')}
                          {live.hasSecondFactor && (
                            <>
                              {' · '}
                              <a href={`/${lang}/sign-in/recovery-codes`}>
                                {t('account.codesLeft', { count: account.recoveryCodesLeft })}
                              </a>
                            </>
                          )}
                        </>
                      ),
                    },
                  ]
                : []),
            ]}
          />
          <div className="mt-5">
            <BtnRow>
              {staff && <BtnLink href={`/${lang}/finance`}>{t('account.desk')}</BtnLink>}
              <SignOutForm lang={lang}>
                <Btn kind="line">{t('account.signOut')}</Btn>
              </SignOutForm>
            </BtnRow>
          </div>
        </Sheet>
        {live.hasSecondFactor && (
          <Section id="passkeys" title={t('passkey.title')} intro={t('passkey.intro')}>
            <Passkeys lang={lang} passkeys={account.passkeys} />
          </Section>
        )}
        <Section id="sessions" title={t('account.sessions')} intro={t('account.sessionsIntro')}>
          <Sessions lang={lang} account={account} here={live.sessionId} />
        </Section>
      </div>
    </Wrap>
  );
}

function Done({ lang, done }: { lang: Lang; done: string | null }) {
  const t = words(lang, 'signIn');
  switch (done) {
    case 'ended':
      return <Msg kind="ok" title={t('account.ended')} />;
    case 'passkey_added':
      return <Msg kind="ok" title={t('passkey.doneAdded')} />;
    case 'passkey_removed':
      return <Msg kind="ok" title={t('passkey.doneRemoved')} />;
    case 'passkey_kept':
      return <Msg kind="warn" title={t('passkey.doneKept')} />;
    default:
      return null;
  }
}

function Sessions({
  lang,
  account: { sessions },
  here,
}: {
  lang: Lang;
  account: Awaited<ReturnType<typeof accountOf>>;
  here: string;
}) {
  const t = words(lang, 'signIn');
  return (
    <div className="grid gap-5">
      <Table
        lang={lang}
        caption={t('account.sessions')}
        captionHidden
        rows={sessions}
        rowKey={(row) => row.sessionId}
        columns={[
          {
            key: 'device',
            head: t('account.device'),
            names: true,
            phone: 'main',
            cell: (row) => (row.sessionId === here ? `${row.device} (${t('account.here')})` : row.device),
          },
          {
            key: 'since',
            head: t('account.since'),
            phone: 'whole',
            phoneLabel: t('account.since'),
            cell: (row) => momentText(row.createdAt, lang),
          },
          {
            key: 'seen',
            head: t('account.seen'),
            phone: 'whole',
            phoneLabel: t('account.seen'),
            cell: (row) => momentText(row.lastSeenAt, lang),
          },
          {
            key: 'end',
            head: t('account.end'),
            phone: 'whole',
            cell: (row) =>
              row.sessionId === here ? null : (
                <form action={endSessions}>
                  <input type="hidden" name="lang" value={lang} />
                  <Btn
                    kind="line"
                    size="dense"
                    name="session"
                    value={row.sessionId}
                    aria-label={t('account.endOf', { device: row.device })}
                  >
                    {t('account.end')}
                  </Btn>
                </form>
              ),
          },
        ]}
      />
      {sessions.length > 1 && (
        <form action={endSessions}>
          <input type="hidden" name="lang" value={lang} />
          <Btn kind="line" name="session" value="others">
            {t('account.endOthers')}
          </Btn>
        </form>
      )}
    </div>
  );
}

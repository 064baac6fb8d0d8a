import type { Metadata } from 'next';
import { mayDo } from '@/lib/auth/roles.rules';
import { requireStaff } from '@/lib/auth/session';
import { countText, momentText, secondsText } from '@/lib/i18n/format';
import { words } from '@/lib/i18n/words';
import { halts, logStatus } from '@/lib/proof/log.queries';
import { newId } from '@/lib/shared/id';
import { Msg } from '../../../_ui/msg/component';
import { langParam } from '../../../_ui/site/page-lang';
import { Figures, Panel, StaffTitle } from '../../../_ui/staff/component';
import { ActForm } from '../_desk/act-form';
import { Desk } from '../_desk/desk';
import { confirmHaltAction } from './confirm';

type Props = {
  params: Promise<{ lang: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words(await langParam(params), 'trail')('log.title') };
}

// A file, not a page: the browser goes there itself.
const HEAD = '/log/checkpoint';

/** How the public log stands; and, when it is halted, where a person says why. */
export default async function LogPage({ params, searchParams }: Props) {
  const lang = await langParam(params);
  const actor = await requireStaff('finance:read', lang);
  const t = words(lang, 'trail');
  const [status, past] = await Promise.all([logStatus(), halts()]);
  const { head, halt, delay } = status;
  const own = countText(halt?.ownSize ?? 0n);
  const held = countText(halt?.witnessedSize ?? 0n);
  const ended = past.filter((one) => one.resumedAt !== null);
  return (
    <Desk lang={lang} actor={actor}>
      <StaffTitle title={t('log.title')} over={t('log.over')} />
      {(await searchParams)['done'] !== undefined && <Msg kind="ok" title={t('log.confirmed')} />}
      {halt && (
        <Panel title={t('log.halted')}>
          <Msg
            kind="err"
            title={
              halt.cause === 'tree_smaller'
                ? t('log.smaller', { own, held })
                : t('log.differs', { own, held })
            }
          >
            <p>{t('log.what')}</p>
          </Msg>
          {mayDo(actor, 'log:confirm') === 'allowed' && (
            <ActForm
              id="confirm-halt"
              lang={lang}
              action={confirmHaltAction}
              hidden={{ lang, key: newId() }}
              fields={[{ kind: 'area', name: 'reason', label: t('log.reason') }]}
              submit={t('log.confirm')}
              refusedTitle={t('log.refused')}
            />
          )}
        </Panel>
      )}
      <Figures
        figures={[
          {
            term: t('log.size'),
            value: head ? t('log.entries', { count: countText(head.size) }) : t('log.never'),
          },
          { term: t('log.waiting'), value: t('log.entries', { count: countText(status.waiting) }) },
          {
            term: t('log.age'),
            value: t('log.seconds', { seconds: String(status.waitingMs / 1000n) }),
            due: status.waitingMs > 5_000n,
          },
          {
            term: t('log.delay'),
            value: delay
              ? t('log.delayOf', {
                  p99: secondsText(delay.p99Ms),
                  median: secondsText(delay.medianMs),
                  max: secondsText(delay.maxMs),
                  count: countText(delay.leaves),
                })
              : '—',
            due: (delay?.p99Ms ?? 0n) > 5_000n,
          },
          { term: t('log.signedAt'), value: head ? momentText(head.signedAt, lang) : '—' },
          {
            term: t('log.witnesses'),
            value: head && head.witnesses > 0 ? t('log.yes') : t('log.no'),
            due: head?.witnesses === 0,
          },
        ]}
      />
      <p>
        <a href={HEAD}>{t('log.checkpoint')}</a> · <a href={`/${lang}/verify`}>{t('log.verify')}</a>
      </p>
      {ended.length > 0 && (
        <Panel title={t('log.past')}>
          {ended.map((one) => (
            <p key={one.foundAt.toISOString()}>
              {momentText(one.foundAt, lang)}: {one.reason} ({one.resumedAs})
            </p>
          ))}
        </Panel>
      )}
    </Desk>
  );
}

import type { Metadata } from 'next';
import { requireStaff } from '@/lib/auth/session';
import { accountingToday } from '@/lib/clock';
import { amountText, dateText } from '@/lib/i18n/format';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import { deskPledges, surplusLines, type DeskPledge } from '@/lib/pledges/desk.queries';
import { formatReference } from '@/lib/shared/reference.rules';
import { Btn, BtnLink } from '../../../_ui/btn/component';
import { TextField } from '../../../_ui/form/component';
import { Empty, Msg } from '../../../_ui/msg/component';
import { amountOf, known, PLEDGE_STATES } from '../../(donor)/me/me';
import { langParam } from '../../../_ui/site/page-lang';
import { Panel, StaffTitle } from '../../../_ui/staff/component';
import { deskActs, fold, type DrawAct } from '../_desk/desk-acts';
import { Desk, doneText } from '../_desk/desk';

type Query = { done?: string; q?: string };
type Props = { params: Promise<{ lang: string }>; searchParams: Promise<Query> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words(await langParam(params), 'giverDesk')('pledges.title') };
}

const CHOICES = ['raise_pledge', 'next_instalment', 'general_fund', 'refund'] as const;

/** Promises still to be paid, and gifts that were more than was promised. */
export default async function PledgesPage({ params, searchParams }: Props) {
  const lang = await langParam(params);
  const actor = await requireStaff('finance:read', lang);
  const t = words(lang, 'giverDesk');
  const query = await searchParams;
  const asked = (query.q ?? '').trim().slice(0, 100);
  const [pledges, surplus] = await Promise.all([deskPledges(asked), surplusLines()]);
  const done = doneText(lang, query.done);
  const act = deskActs(lang, actor, `/${lang}/finance/pledges`);
  return (
    <Desk lang={lang} actor={actor}>
      <StaffTitle title={t('pledges.title')} />
      {done && <Msg kind="ok" title={done} />}
      <h2>{t('surplus.title')}</h2>
      {surplus.length === 0 && <Empty title={t('surplus.none')}>{t('surplus.noneBody')}</Empty>}
      {surplus.length > 0 && <p>{t('surplus.hint')}</p>}
      <ul className="desk-list">
        {surplus.map((line) => (
          <li key={line.gift}>
            <Panel
              title={t('surplus.line', {
                gift: line.gift,
                pledge: line.pledge,
                amount: text(line.currency, line.surplusMinor),
                giver: line.giver ?? t('pledges.nobody'),
                date: dateText(line.receivedOn, lang),
              })}
            >
              <p>
                {t('surplus.wish')}: {line.wish === null ? t('surplus.unasked') : t(`surplus.${line.wish}`)}
              </p>
              {act(
                'pledge.surplus',
                'pledge:manage',
                t('surplus.decide'),
                { gift: line.gift, on: accountingToday() },
                [
                  {
                    kind: 'choice',
                    name: 'choice',
                    label: t('surplus.choice'),
                    choices: [...CHOICES]
                      .sort((a, b) => Number(b === line.wish) - Number(a === line.wish))
                      .map((value) => ({ value, label: t(`surplus.${value}`) })),
                  },
                  { kind: 'text', name: 'towards', label: t('surplus.towards'), optional: true },
                ],
              )}
            </Panel>
          </li>
        ))}
      </ul>
      <h2>{t('pledges.title')}</h2>
      <form method="get" action={`/${lang}/finance/pledges`} className="desk-choice">
        <TextField id="q" name="q" label={t('pledges.search')} defaultValue={asked} autoComplete="off" />
        <Btn kind="line" size="dense" type="submit">
          {t('pledges.find')}
        </Btn>
      </form>
      {asked !== '' && <a href={`/${lang}/finance/pledges`}>{t('pledges.all')}</a>}
      {pledges.length === 0 &&
        (asked === '' ? (
          <Empty title={t('pledges.none')}>{t('pledges.noneBody')}</Empty>
        ) : (
          <Msg kind="warn" title={t('pledges.notFound')} />
        ))}
      <ul className="desk-list">
        {pledges.map((pledge) => (
          <li key={pledge.code}>
            <OnePledge lang={lang} pledge={pledge} act={act} />
          </li>
        ))}
      </ul>
    </Desk>
  );
}

const text = (currency: string, minor: bigint): string => amountText(amountOf(currency, minor));

function OnePledge({ lang, pledge, act }: { lang: Lang; pledge: DeskPledge; act: DrawAct }) {
  const t = words(lang, 'giverDesk');
  const state = words(lang, 'me');
  const today = accountingToday();
  const open = pledge.status === 'open' || pledge.status === 'partly_fulfilled';
  const reason = { kind: 'area', name: 'reason', label: t('pledges.reason') } as const;
  const day = { kind: 'day', name: 'on', label: t('pledges.day'), value: today } as const;
  const hidden = { code: pledge.code };
  return (
    <Panel
      title={pledge.code}
      aside={
        open && pledge.dueOn !== null
          ? t(pledge.dueOn < today ? 'pledges.overdue' : 'pledges.due', {
              date: dateText(pledge.dueOn, lang),
            })
          : state(`pledgeState.${known(PLEDGE_STATES, pledge.status)}`)
      }
    >
      <p>
        {t('pledges.line', {
          amount: text(pledge.currency, pledge.amountMinor),
          kept: text(pledge.currency, pledge.keptMinor),
          giver: pledge.giver ?? t('pledges.nobody'),
          reference: formatReference(pledge.reference),
        })}
      </p>
      {open && (
        <>
          <BtnLink kind="line" size="dense" href={`/${lang}/finance/pledges/${pledge.code}`}>
            {t('pledges.plan')}
          </BtnLink>
          {fold(
            t('pledges.cancel'),
            act('pledge.cancel', 'pledge:manage', t('pledges.cancel'), hidden, [day, reason]),
          )}
          {fold(
            t('pledges.writeOff'),
            act('pledge.write_off', 'pledge:release', t('pledges.writeOff'), hidden, [day, reason]),
          )}
          {fold(
            t('pledges.release'),
            act('pledge.release', 'pledge:release', t('pledges.release'), hidden, [
              day,
              reason,
              { kind: 'text', name: 'filing', label: t('pledges.filing') },
              { kind: 'area', name: 'publicText', label: t('pledges.publicText') },
            ]),
          )}
        </>
      )}
    </Panel>
  );
}

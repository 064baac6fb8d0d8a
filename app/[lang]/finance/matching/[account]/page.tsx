import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { mayDo } from '@/lib/auth/roles.rules';
import { requireStaff } from '@/lib/auth/session';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import {
  learnedRules,
  openWork,
  ownAccounts,
  standingMatches,
  standingOf,
  type OwnAccount,
  type Standing,
} from '@/lib/reconciliation/workspace.queries';
import { isCurrency, money } from '@/lib/shared/money';
import { Amt } from '../../../../_ui/amt/component';
import { Empty, Msg } from '../../../../_ui/msg/component';
import { langParam } from '../../../../_ui/site/page-lang';
import { Figures, StaffTitle } from '../../../../_ui/staff/component';
import { Tie } from '../../../../_ui/tie/component';
import { Desk, doneText } from '../../_desk/desk';
import { Hotkeys } from './hotkeys';
import { InHand } from './in-hand';
import { LineList } from './line-list';
import { MatchedList, RuleList } from './matched-list';

type Props = {
  params: Promise<{ lang: string; account: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words(await langParam(params), 'bank')('matching.title') };
}

const asked = (value: string | string[] | undefined): bigint[] =>
  [value ?? []]
    .flat()
    .flatMap((one) => (/^\d{1,18}(?::\d+)?$/.test(one) ? [BigInt(one.split(':')[0] ?? '0')] : []));

/** Bank lines left, what each may be, and what was decided: everything by keyboard, everything without script. */
export default async function MatchingPage({ params, searchParams }: Props) {
  const lang = await langParam(params);
  const actor = await requireStaff('finance:read', lang);
  const { account: code } = await params;
  const query = await searchParams;
  const accounts = await ownAccounts();
  const account = accounts.find((one) => one.code === code);
  if (!account) notFound();
  const t = words(lang, 'bank');
  const [work, matches, standing, rules] = await Promise.all([
    openWork(account),
    standingMatches(account.id, 30),
    standingOf(account),
    learnedRules(account.id),
  ]);
  const wanted = asked(query['pick'] ?? query['line']);
  const found = work.filter(({ line }) => wanted.includes(line.id));
  const lines = found.length > 0 ? found : work.slice(0, 1);
  const amount = (minor: bigint) =>
    isCurrency(account.currency) && <Amt value={money(account.currency, minor)} />;
  const done = doneText(lang, query['done']);
  const may = (permission: 'match:make' | 'match:undo' | 'match:lock') =>
    mayDo(actor, permission) === 'allowed';
  return (
    <Desk lang={lang} actor={actor}>
      <Hotkeys />
      <StaffTitle title={t('matching.title')} over={`${account.name[lang]} · ${account.number}`}>
        {accounts.length > 1 &&
          accounts.map((one) => (
            <a
              key={one.code}
              href={`/${lang}/finance/matching/${one.code}`}
              aria-current={one.code === code ? 'page' : undefined}
            >
              {one.name[lang]}
            </a>
          ))}
      </StaffTitle>
      {done !== null && <Msg kind="ok" title={done} />}
      {typeof query['accepted'] === 'string' && (
        <Msg
          kind="ok"
          title={t('matching.accepted', { accepted: query['accepted'], left: String(query['left'] ?? '0') })}
        />
      )}
      <Figures
        figures={[
          {
            term: t('matching.open', { count: standing.openCount }),
            value: amount(standing.openMinor),
            due: standing.openCount > 0,
          },
          {
            term: t('matching.matched', { count: standing.matchedCount }),
            value: amount(standing.matchedMinor),
          },
          {
            term: t('matching.closing'),
            value: standing.closingMinor === null ? '—' : amount(standing.closingMinor),
          },
          { term: t('matching.books'), value: amount(standing.booksMinor) },
        ]}
      />
      <TieOut lang={lang} account={account} standing={standing} />
      {work.length === 0 ? (
        <Empty title={t('matching.empty')}>{t('matching.emptyBody')}</Empty>
      ) : (
        <div className="match-work">
          <LineList
            lang={lang}
            account={account}
            work={work}
            chosen={new Set(lines.map(({ line }) => line.id))}
            mayMatch={may('match:make')}
          />
          <InHand
            lang={lang}
            account={account}
            others={accounts.filter((one) => one.code !== code && one.campaignId === account.campaignId)}
            lines={lines}
            mayMatch={may('match:make')}
          />
        </div>
      )}
      <MatchedList
        lang={lang}
        account={account}
        matches={matches}
        me={actor.personId}
        mayUndo={may('match:undo')}
        mayLock={may('match:lock')}
      />
      <RuleList lang={lang} account={account} rules={rules} mayDrop={may('match:make')} />
    </Desk>
  );
}

/** What the bank says is what the books say and what is still open; else by how much it is not, and what that can be. */
function TieOut({ lang, account, standing }: { lang: Lang; account: OwnAccount; standing: Standing }) {
  const { closingMinor, booksMinor, openMinor, openCount } = standing;
  if (closingMinor === null || !isCurrency(account.currency)) return null;
  const t = words(lang, 'bank');
  return (
    <div className="match-tie">
      <Tie
        lang={lang}
        currency={account.currency}
        whole={{ label: t('matching.closing'), minor: closingMinor }}
        parts={[
          { label: t('matching.books'), minor: booksMinor },
          { label: t('matching.open', { count: openCount }), minor: openMinor },
        ]}
      />
      {closingMinor !== booksMinor + openMinor && <p className="caption mt-2">{t('matching.off')}</p>}
    </div>
  );
}

import { dateText } from '@/lib/i18n/format';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import type { LearnedRule, MatchRow, OwnAccount } from '@/lib/reconciliation/workspace.queries';
import { newId } from '@/lib/shared/id';
import { Code } from '../../../../_ui/code/component';
import { Panel } from '../../../../_ui/staff/component';
import { ActForm } from '../../_desk/act-form';
import { actOnDesk } from '../../_desk/action';
import { minorText } from './offer-words';

/** What was decided, the newest first; each can be undone at once, and locked by another person. */
export function MatchedList({
  lang,
  account,
  matches,
  me,
  mayUndo,
  mayLock,
}: {
  lang: Lang;
  account: OwnAccount;
  matches: readonly MatchRow[];
  me: string;
  mayUndo: boolean;
  mayLock: boolean;
}) {
  if (matches.length === 0) return null;
  const t = words(lang, 'bank');
  const desk = words(lang, 'desk');
  const { currency } = account;
  const shared = { lang, back: `/${lang}/finance/matching/${account.code}` };
  return (
    <Panel title={t('matching.matched', { count: matches.length })}>
      <ul className="match-done">
        {matches.map((match, index) => (
          <li key={match.code}>
            <div>
              <Code code={match.code} /> {dateText(match.on, lang)} ·{' '}
              {t('matching.by', { name: match.maker })}
              {match.inBulk && ` · ${t('matching.bulk')}`}
              {match.locked && ` · ${t('matching.locked')}`}
              <span className="match-memo">
                {match.lines
                  .map(
                    (line) =>
                      `${line.counterparty ?? line.memo} ${minorText(BigInt(line.amountMinor), currency)}`,
                  )
                  .join(' + ')}{' '}
                ={' '}
                {match.parts
                  .map(
                    (part) =>
                      `${t(`part.${part.kind as 'gift'}`)} ${part.subject ?? ''} ${minorText(BigInt(part.amountMinor), currency)}`,
                  )
                  .join(' + ')}
              </span>
            </div>
            <div className="match-own">
              {mayUndo && (
                <details>
                  <summary data-hotkey={index === 0 ? 'u' : undefined}>{t('matching.undo')}</summary>
                  <ActForm
                    id={`undo-${match.code}`}
                    lang={lang}
                    action={actOnDesk}
                    hidden={{
                      ...shared,
                      act: 'match.undo',
                      match: match.code,
                      lines: match.lines.map((line) => `${line.id}:${line.version}`).join(' '),
                      key: newId(),
                    }}
                    fields={[{ kind: 'text', name: 'reason', label: t('matching.undoWhy') }]}
                    submit={t('matching.undo')}
                    refusedTitle={desk('act.refused')}
                    kind="line"
                  />
                </details>
              )}
              {mayLock && !match.locked && match.makerId !== me && (
                <ActForm
                  id={`lock-${match.code}`}
                  lang={lang}
                  action={actOnDesk}
                  hidden={{ ...shared, act: 'match.lock', match: match.code, key: newId() }}
                  fields={[]}
                  submit={t('matching.lock')}
                  refusedTitle={desk('act.refused')}
                  kind="line"
                />
              )}
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** What accepted matches have taught, said openly, each to be switched off. */
export function RuleList({
  lang,
  account,
  rules,
  mayDrop,
}: {
  lang: Lang;
  account: OwnAccount;
  rules: readonly LearnedRule[];
  mayDrop: boolean;
}) {
  if (rules.length === 0) return null;
  const t = words(lang, 'bank');
  return (
    <Panel title={t('matching.rules')}>
      <p className="desk-note">{t('matching.rulesHint')}</p>
      <ul className="match-done">
        {rules.map((rule) => (
          <li key={String(rule.id)}>
            <div>
              {[rule.counterparty, rule.memo].filter(Boolean).join(' · ')} →{' '}
              <b>{t(`part.${rule.makes as 'fee'}`)}</b> {t('matching.times', { times: rule.times })}
            </div>
            {mayDrop && (
              <ActForm
                id={`rule-${rule.id}`}
                lang={lang}
                action={actOnDesk}
                hidden={{
                  lang,
                  back: `/${lang}/finance/matching/${account.code}`,
                  act: 'match.drop_rule',
                  rule: String(rule.id),
                  key: newId(),
                }}
                fields={[]}
                submit={t('matching.drop')}
                refusedTitle={words(lang, 'desk')('act.refused')}
                kind="line"
              />
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

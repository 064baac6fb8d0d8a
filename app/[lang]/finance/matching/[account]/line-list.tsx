import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import type { OpenWork, OwnAccount } from '@/lib/reconciliation/workspace.queries';
import { newId } from '@/lib/shared/id';
import { isCurrency, money } from '@/lib/shared/money';
import { Amt } from '../../../../_ui/amt/component';
import { Btn } from '../../../../_ui/btn/component';
import { Keys } from '../../../../_ui/review/component';
import { Panel } from '../../../../_ui/staff/component';
import { Table } from '../../../../_ui/table/component';
import { acceptTicked } from './actions';
import { offerReasons, offerTitle } from './offer-words';

/** The open lines with their best suggestion. Ticking certain ones accepts them in one go; ticking any, takes them together. */
export function LineList({
  lang,
  account,
  work,
  chosen,
  mayMatch,
}: {
  lang: Lang;
  account: OwnAccount;
  work: readonly OpenWork[];
  chosen: ReadonlySet<bigint>;
  mayMatch: boolean;
}) {
  const t = words(lang, 'bank');
  const here = `/${lang}/finance/matching/${account.code}`;
  const at = work.findIndex(({ line }) => chosen.has(line.id));
  const [before, after] = [work[at - 1]?.line.id, work[at + 1]?.line.id];
  return (
    <form action={acceptTicked} id="lines" className="match-lines">
      <input type="hidden" name="lang" value={lang} />
      <input type="hidden" name="account" value={account.code} />
      <input type="hidden" name="key" value={newId()} />
      <Panel
        title={t('matching.lines')}
        flush
        aside={
          <>
            {before !== undefined && (
              <a href={`${here}?line=${before}`} data-hotkey="k">
                ↑
              </a>
            )}
            {after !== undefined && (
              <a href={`${here}?line=${after}`} data-hotkey="j">
                ↓
              </a>
            )}
            <Keys
              keys={[
                { keys: ['J', 'K'], does: t('matching.keyNext') },
                { keys: ['X'], does: t('matching.keyPick') },
                { keys: ['M'], does: t('matching.keyTogether') },
                { keys: ['1–5'], does: t('matching.keyOffer') },
                { keys: ['A'], does: t('matching.keyAll') },
              ]}
            />
          </>
        }
      >
        <Table
          caption={t('matching.lines')}
          captionHidden
          lang={lang}
          look="dense"
          rows={work}
          rowKey={({ line }) => String(line.id)}
          selected={({ line }) => chosen.has(line.id)}
          columns={[
            {
              key: 'pick',
              head: <span className="sr-only">{t('matching.look')}</span>,
              cell: ({ line, offers }) => (
                <label className="match-pick">
                  <input
                    type="checkbox"
                    name="pick"
                    value={`${line.id}:${line.version}`}
                    defaultChecked={offers[0]?.class === 'certain' || chosen.has(line.id)}
                    data-hotkey={chosen.has(line.id) ? 'x' : undefined}
                    aria-label={t('matching.pick', { id: String(line.id) })}
                  />
                </label>
              ),
            },
            {
              key: 'date',
              head: t('matching.date'),
              cell: ({ line }) => (
                <time className="whitespace-nowrap" dateTime={line.bookedOn}>
                  {line.bookedOn}
                </time>
              ),
            },
            {
              key: 'who',
              head: t('matching.who'),
              names: true,
              cell: ({ line }) => (
                <>
                  <a href={`${here}?line=${line.id}`}>{line.counterparty ?? `#${line.id}`}</a>
                  <span className="match-memo">
                    {[line.reference, line.memo].filter(Boolean).join(' · ')}
                  </span>
                  {line.suspectOf !== null && <span className="match-memo">{t('matching.suspect')}</span>}
                </>
              ),
            },
            {
              key: 'amount',
              head: t('matching.amount'),
              numeric: true,
              cell: ({ line }) =>
                isCurrency(line.currency) && (
                  <Amt value={money(line.currency, line.amountMinor)} sign="always" />
                ),
            },
            {
              key: 'offer',
              head: t('matching.offer'),
              cell: ({ line, offers: [offer] }) =>
                offer ? (
                  <>
                    <b>{offerTitle(offer, lang)}</b>{' '}
                    <span className={`match-class match-${offer.class}`}>{t(`class.${offer.class}`)}</span>
                    <span className="match-memo">
                      {offerReasons(offer, line.currency, lang).slice(0, 3).join(' · ')}
                    </span>
                  </>
                ) : (
                  <span className="match-memo">{t('matching.noOffer')}</span>
                ),
            },
          ]}
        />
        <div className="panel-body match-foot">
          {mayMatch && (
            <span data-hotkey="a">
              <Btn type="submit" size="dense">
                {t('matching.acceptAll')}
              </Btn>
            </span>
          )}
          <span data-hotkey="m">
            <Btn type="submit" size="dense" kind="line" formAction={here} formMethod="get">
              {t('matching.together')}
            </Btn>
          </span>
        </div>
      </Panel>
    </form>
  );
}

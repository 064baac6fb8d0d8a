import type { ApprovalDetail } from '@/lib/approvals/approval-detail.queries';
import { dateText, momentText } from '@/lib/i18n/format';
import type { Lang } from '@/lib/i18n/languages';
import { eventName } from '@/lib/i18n/event-names';
import { words } from '@/lib/i18n/words';
import { Fingerprint } from '../../../_ui/docs/component';
import { Icon } from '../../../_ui/icon/component';
import { Panel } from '../../../_ui/staff/component';

/** The paper the item rests on, and what happened so far. */
export function ItemEvidence({ lang, detail }: { lang: Lang; detail: ApprovalDetail }) {
  const t = words(lang, 'approvals');
  const { document, trail } = detail;
  return (
    <div className="grid gap-4">
      <Panel title={t('evidence')} aside={<kbd>E</kbd>}>
        {document ? (
          <div className="docs">
            <div className="grid gap-2">
              <a id="evidence" href={`/${lang}/finance/documents/${encodeURIComponent(document.code)}`}>
                <Icon name="paper" /> {document.title[lang]}
              </a>
              <p className="caption">
                {document.code} · {dateText(document.dated, lang)}
                {document.pages !== null && (
                  <> · {words(lang, 'ui')('doc.pages', { count: document.pages })}</>
                )}
              </p>
              <Fingerprint lang={lang} sha256={document.sha256} />
            </div>
          </div>
        ) : (
          <p>{t('noEvidence')}</p>
        )}
      </Panel>
      <Panel title={t('history')}>
        <ol className="history">
          {trail.map((row) => (
            <li key={String(row.id)}>
              <time dateTime={row.at.toISOString()}>{momentText(row.at, lang)}</time> {row.who}{' '}
              {eventName(lang, row.event)}
            </li>
          ))}
        </ol>
        <a href={`/${lang}/finance/audit?thing=${encodeURIComponent(trail[0]?.thing ?? '')}`}>
          {t('allHistory')}
        </a>
      </Panel>
    </div>
  );
}

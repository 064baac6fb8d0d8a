import type { Waiting } from '@/lib/approvals/approvals.queries';
import { dateText } from '@/lib/i18n/format';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import { Amt } from '../../../_ui/amt/component';
import { Chip } from '../../../_ui/chip/component';
import { Icon } from '../../../_ui/icon/component';
import { amountOf, ITEM_ICON, itemKey } from './item-words';

/** Everything that waits, the newest first; the one being looked at is marked, one's own is locked. */
export function InboxList({
  lang,
  items,
  readerId,
  chosen,
}: {
  lang: Lang;
  items: readonly Waiting[];
  readerId: string;
  chosen: Waiting | undefined;
}) {
  const t = words(lang, 'approvals');
  const kinds = words(lang, 'desk');
  return (
    <ol className="inbox" id="inbox">
      {items.map((item) => {
        const own = item.makerId === readerId;
        const here = chosen !== undefined && itemKey(item) === itemKey(chosen);
        const amount = amountOf(
          item,
          item.beforeMinor === null ? item.amountMinor : item.amountMinor - item.beforeMinor,
        );
        return (
          <li key={itemKey(item)} className={own ? 'inbox-own' : undefined}>
            <a href={`?item=${encodeURIComponent(itemKey(item))}`} aria-current={here ? 'true' : undefined}>
              <Icon name={ITEM_ICON[item.kind] ?? 'paper'} />
              <span className="inbox-what">
                <b>
                  {kinds(`kinds.${item.kind}`)} <span className="inbox-code">{item.code}</span>
                </b>
                {item.segment !== null && <span>{item.segment}</span>}
                <span className="inbox-note">
                  {t('made', { name: item.makerName, on: dateText(item.on, lang) })}
                </span>
              </span>
              <span className="inbox-end">
                {amount && <Amt value={amount} sign={item.beforeMinor === null ? 'negative' : 'always'} />}
                {own ? (
                  <Chip kind="held" icon="lock" size="small">
                    {t('ownShort')}
                  </Chip>
                ) : item.document !== null ? (
                  <Chip kind="plan" icon="paper" size="small">
                    {t('withEvidence')}
                  </Chip>
                ) : null}
              </span>
            </a>
          </li>
        );
      })}
    </ol>
  );
}

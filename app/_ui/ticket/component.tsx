import type { ReactNode } from 'react';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import { CopyButton } from './copy-button';

export type TicketLine = {
  readonly term: string;
  readonly value: ReactNode;
  /** The plain text to copy; without it the line has no button. */
  readonly copy?: string | undefined;
};

/**
 * The transfer card: what to write in the bank's note, large, and where to send the money. `used` and `expired`
 * keep it readable but say so first.
 */
export function Ticket({
  lang,
  lead,
  reference,
  lines,
  state = 'fresh',
  stateNote,
}: {
  lang: Lang;
  lead: string;
  reference: string;
  lines: readonly TicketLine[];
  state?: 'fresh' | 'used' | 'expired' | undefined;
  stateNote?: string | undefined;
}) {
  const t = words(lang, 'ui');
  return (
    <div className={`ticket ticket-${state}`}>
      <div className="ticket-stub">
        {stateNote !== undefined && <p className="ticket-state">{stateNote}</p>}
        <p>{lead}</p>
        <p className="ticket-reference">{reference}</p>
        <CopyButton text={reference} label={t('ticket.copyReference')} copied={t('ticket.copied')} />
      </div>
      <dl>
        {lines.map(({ term, value, copy }) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>
              <span>{value}</span>
              {copy !== undefined && (
                <CopyButton text={copy} label={t('ticket.copy')} copied={t('ticket.copied')} name={term} />
              )}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

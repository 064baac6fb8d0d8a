import type { ReactNode } from 'react';
import { Icon, type IconName } from '../icon/component';

export type MsgKind = 'info' | 'ok' | 'warn' | 'err';

const ICON: Record<MsgKind, IconName> = { info: 'info', ok: 'seal', warn: 'triangle', err: 'octagon' };

/**
 * A message on the page. An error is written in this order: the money, the cause, the way on. `alert` interrupts
 * a screen reader and is for a failed payment only; everything else is a polite status.
 */
export function Msg({
  kind,
  title,
  alert = false,
  children,
}: {
  kind: MsgKind;
  title: ReactNode;
  alert?: boolean | undefined;
  children?: ReactNode;
}) {
  return (
    <div className={`msg msg-${kind}`} role={alert ? 'alert' : 'status'}>
      <Icon name={ICON[kind]} />
      <p className="msg-title">{title}</p>
      {children !== undefined && <div className="msg-body">{children}</div>}
    </div>
  );
}

/** A place where nothing is yet: says what will come, when, and who acts next. */
export function Empty({ title, children }: { title: ReactNode; children?: ReactNode }) {
  return (
    <div className="empty">
      <svg viewBox="0 0 140 60" aria-hidden="true" focusable="false">
        <path d="M8 48h124" strokeDasharray="8 6" />
        <path d="M22 48V20M118 48V20" />
        <path d="M22 20l17 6.5L22 33z" className="empty-flag" />
      </svg>
      <p>
        <b>{title}</b>
      </p>
      {children !== undefined && <p>{children}</p>}
    </div>
  );
}

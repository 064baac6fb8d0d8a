import type { ComponentProps, ReactNode } from 'react';
import { Icon, type IconName } from '../icon/component';

/** `give` is the one red button of the site and means nothing else; any other main action is `primary`. */
export type BtnKind = 'give' | 'primary' | 'line' | 'quiet';

type Look = {
  kind?: BtnKind | undefined;
  /** `dense` is for finance tables (36 px); public pages keep the 48 px target. */
  size?: 'normal' | 'dense' | undefined;
  wide?: boolean | undefined;
  icon?: IconName | undefined;
  /** The key that does the same, shown inside the button. */
  hotkey?: string | undefined;
  children: ReactNode;
};

const classOf = ({ kind = 'primary', size = 'normal', wide = false }: Omit<Look, 'children'>): string =>
  ['btn', `btn-${kind}`, size === 'dense' && 'btn-dense', wide && 'btn-wide'].filter(Boolean).join(' ');

const Face = ({ icon, hotkey, children }: Pick<Look, 'icon' | 'hotkey' | 'children'>) => (
  <>
    {icon && <Icon name={icon} />}
    {children}
    {hotkey && <kbd>{hotkey}</kbd>}
  </>
);

/** A link that looks like a button: it leads somewhere, it changes nothing. */
export function BtnLink({
  kind,
  size,
  wide,
  icon,
  hotkey,
  children,
  ...link
}: Look & Omit<ComponentProps<'a'>, 'children' | 'className'> & { href: string }) {
  return (
    <a {...link} className={classOf({ kind, size, wide })}>
      <Face icon={icon} hotkey={hotkey}>
        {children}
      </Face>
    </a>
  );
}

/**
 * A button that acts. A button that cannot be used stays in the tab order and carries its reason as text beside
 * it (`unavailable`), because a dead button without a reason helps nobody. `disabled` is only for the moment while
 * a form is being sent.
 */
export function Btn({
  kind,
  size,
  wide,
  icon,
  hotkey,
  unavailable,
  children,
  ...button
}: Look & { unavailable?: string | undefined } & Omit<
    ComponentProps<'button'>,
    'children' | 'className' | 'aria-disabled'
  >) {
  if (unavailable !== undefined)
    return (
      <span className="btn-why">
        <button {...button} type="button" className={classOf({ kind, size, wide })} aria-disabled="true">
          <Face icon={icon} hotkey={hotkey}>
            {children}
          </Face>
        </button>
        <span className="caption">{unavailable}</span>
      </span>
    );
  return (
    <button type="submit" {...button} className={classOf({ kind, size, wide })}>
      <Face icon={icon} hotkey={hotkey}>
        {children}
      </Face>
    </button>
  );
}

/** Buttons side by side, wrapping on a phone. */
export function BtnRow({ children }: { children: ReactNode }) {
  return <div className="btn-row">{children}</div>;
}

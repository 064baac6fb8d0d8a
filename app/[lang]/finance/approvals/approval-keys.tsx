'use client';

import { useEffect } from 'react';

const inAField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null;

/** Moves to the neighbour of the marked item in the list; at its ends it stays. */
const step = (by: 1 | -1): void => {
  const links = [...document.querySelectorAll<HTMLAnchorElement>('#inbox a')];
  const here = links.findIndex((link) => link.getAttribute('aria-current') === 'true');
  links[here + by]?.click();
};

/** J and K go through the list, A approves, R opens the reason for sending or taking back, E opens the evidence. */
export function ApprovalKeys() {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || inAField(event.target)) return;
      switch (event.key.toLowerCase()) {
        case 'j':
          return step(1);
        case 'k':
          return step(-1);
        case 'a':
          // Only to the button: money is not moved by one stray key.
          return document.querySelector<HTMLButtonElement>('#approve button')?.focus();
        case 'r': {
          const back = document.querySelector<HTMLDetailsElement>('.decision-return');
          if (!back) return;
          event.preventDefault();
          back.open = true;
          return back.querySelector<HTMLInputElement>('input[name="reason"]')?.focus();
        }
        case 'e':
          return document.querySelector<HTMLAnchorElement>('#evidence')?.focus();
      }
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
  return null;
}

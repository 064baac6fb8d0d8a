'use client';

import { useEffect } from 'react';

/** Presses what carries the key that was typed (`data-hotkey`), unless the person is typing into a field. */
export function Hotkeys() {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const at = event.target;
      if (at instanceof HTMLElement && at.matches('input:not([type=checkbox]), textarea, select')) return;
      const place = document.querySelector<HTMLElement>(
        `[data-hotkey="${CSS.escape(event.key.toLowerCase())}"]`,
      );
      if (!place) return;
      event.preventDefault();
      const target = place.matches('a, button, input, summary')
        ? place
        : place.querySelector<HTMLElement>('button, summary, input:not([type=hidden])');
      target?.focus();
      target?.click();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
  return null;
}

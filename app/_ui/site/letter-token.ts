'use client';

import { useEffect } from 'react';
import { tokenOfLink } from '@/lib/shared/letter-link.rules';

/**
 * Hands on what the link of a letter opens with and takes it out of the address bar, so that it is neither looked at over
 * a shoulder nor kept in a bookmark. `take` must be the same function at each rendering.
 */
export const useLetterToken = (take: (token: string) => void): void => {
  useEffect(() => {
    const read = (): void => {
      const token = tokenOfLink(window.location.href) ?? '';
      if (token === '') return;
      window.history.replaceState(null, '', window.location.pathname + window.location.search);
      take(token);
    };
    // Not at once: the router listens to replaceState only after the first effects, and would put the address back.
    const soon = setTimeout(read, 0);
    // Another letter's link, opened in this very page.
    window.addEventListener('hashchange', read);
    return () => {
      clearTimeout(soon);
      window.removeEventListener('hashchange', read);
    };
  }, [take]);
};

import { decode } from '@/lib/run/check/plain-browser';

/** The fields React needs to take the first form of a page without script, as a browser would send them. */
export const hiddenFields = (html: string): [name: string, value: string][] => {
  const form = /<form[^>]*enctype="multipart\/form-data"[^>]*>(.*?)<\/form>/is.exec(html)?.[1] ?? '';
  return [...form.matchAll(/<input type="hidden" name="([^"]*)"(?: value="([^"]*)")?/g)].map(
    ([, name = '', value = '']) => [decode(name), decode(value)],
  );
};

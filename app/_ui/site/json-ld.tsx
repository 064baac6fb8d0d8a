/** Anything schema.org has a word for, as JSON. */
export type JsonLdValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonLdValue[]
  | { readonly [key: string]: JsonLdValue };

/**
 * Facts for machines (schema.org as JSON-LD). A block of data, not a script: browsers do not run it and the content
 * security policy does not ask for a nonce. `<` is written as an escape, so no text can end the element early.
 */
export function JsonLd({ data }: { data: { readonly [key: string]: JsonLdValue } }) {
  const json = JSON.stringify({ '@context': 'https://schema.org', ...data }).replaceAll('<', '\\u003c');
  return <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: json }} />;
}

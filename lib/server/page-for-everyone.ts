import { createHash } from 'node:crypto';
import { langOfPath } from '../i18n/request';

/**
 * What is kept ready-made for everyone: the pages below `app/[lang]/(public)`, by their first segment after the
 * language ('' is the home page), and the parts made to be framed by others. A test holds this list to the folder.
 */
export const PUBLIC_SECTIONS: readonly string[] = [
  '',
  'about',
  'corrections',
  'data',
  'ledger',
  'merit',
  'reports',
  'roads',
  'share.png',
  'verify',
  'words',
];

/** Marks a request of this server to itself for a page that everyone will get. Refused from outside. */
export const RENDER_HEADER = 'x-shanlu-render';

/** Whether everyone gets the same answer at this path. */
export const isPublicPath = (path: string): boolean => {
  if (path.startsWith('/embed/')) return true;
  return langOfPath(path) !== null && PUBLIC_SECTIONS.includes(path.split('/')[2] ?? '');
};

/** Whether it is a question to the public interface, whose answers are kept as well but counted for each network. */
export const isApiPath = (path: string): boolean => path === '/api/v1' || path.startsWith('/api/v1/');

/** A visitor who asked for larger type or fixed colours gets a page rendered for them, kept by nobody. */
export const wishesOtherLook = (cookie: string | undefined): boolean =>
  /(?:^|;\s*)(?:__Host-)?(?:size=large|theme=(?:light|dark))\s*(?:;|$)/.test(cookie ?? '');

/** Inline scripts run because the policy names their hash; the text must be exactly what stands in the page. */
const INLINE_SCRIPT = /<script(?: id="[^"]*")?>([\s\S]*?)<\/script>/g;

const hashesOf = (html: string): string[] => [
  ...new Set(
    [...html.matchAll(INLINE_SCRIPT)].map(
      ([, text = '']) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`,
    ),
  ),
];

/**
 * Parts of a page that run in the browser but add nothing there to what the server already drew: the framework's own
 * frames, and links and hidden fields that only needed to know the address. A page of nothing else needs no script.
 */
const PASSIVE_PARTS = new Set(['', 'default', 'NavLink', 'LanguageLinks', 'ComeBackHere']);
const CLIENT_PART = /[0-9a-f]:I\[[^[\]]*\[[^\]]*\],\\"([^"\\]*)\\"/g;
const FRAMEWORK_PART =
  /^(?:ClientPageRoot|ClientSegmentRoot|LayoutRouter|OuterLayoutRouter|RenderFromTemplateContext|HTTPAccessFallbackBoundary|OutletBoundary|ViewportBoundary|MetadataBoundary|AsyncMetadataOutlet|IconMark|RootLayoutBoundary|GlobalError)$/;

/** Names that came before are told by reference: `$f` stands for the text of row f. */
const nameOf = (name: string, html: string): string =>
  name.startsWith('$') ? (new RegExp(`\\\\n${name.slice(1)}:\\\\"(\\w+)\\\\"`).exec(html)?.[1] ?? '?') : name;

/** Whether the page works as fully without the framework's script as with it. In doubt it does not. */
export const needsNoScript = (html: string): boolean => {
  if (html.includes('<!--$?-->') || html.includes('$RC(')) return false;
  const parts = [...html.matchAll(CLIENT_PART)].map(([, name = '']) => nameOf(name, html));
  return parts.length > 0 && parts.every((name) => PASSIVE_PARTS.has(name) || FRAMEWORK_PART.test(name));
};

/** Data for search engines is no script, and scripts of our own pages from /public stay. */
const withoutFrameworkScript = (html: string): string =>
  html
    .replace(INLINE_SCRIPT, '')
    .replace(/<script(?=[^>]* src="\/_next\/)[^>]*><\/script>/g, '')
    .replace(/<link(?=[^>]* as="script")[^>]*>/g, '');

const NEIGHBOURS = /(?:<script>(?:(?!<\/script>)[\s\S])*<\/script>){2,}/g;

export type FinishedPage = { readonly html: string; readonly scriptSources: string };

/**
 * The page as everyone gets it, with what its policy must allow to run. Neighbouring inline scripts become one, so that
 * the policy stays short enough for the header limits of caches.
 */
export const finishPage = (rendered: string): FinishedPage => {
  const html = needsNoScript(rendered)
    ? withoutFrameworkScript(rendered)
    : rendered.replace(NEIGHBOURS, (run) => run.replaceAll('</script><script>', ';'));
  return {
    html,
    scriptSources: /<script(?! type="application\/ld\+json")/.test(html)
      ? ["'self'", ...hashesOf(html)].join(' ')
      : "'none'",
  };
};

/**
 * The name under which the browser keeps a cookie of a site at this address. `__Host-` binds it to this very host and
 * path and to https, so that no neighbouring host can set it; browsers take such a name over https only, so a site
 * without it (the demo, tests) has the plain one.
 */
export const ownCookieName = (name: string, publicUrl: string): string =>
  `${publicUrl.startsWith('https://') ? '__Host-' : ''}${name}`;

/** How a look at one cookie of a request finds it; the header says all of them at once. */
export const cookieIn =
  (header: string | undefined) =>
  (name: string): string | undefined =>
    (header ?? '')
      .split(';')
      .map((pair) => pair.trim())
      .find((pair) => pair.startsWith(`${name}=`))
      ?.slice(name.length + 1);

/**
 * A wish of the visitor (language, type size, light). One kept under its plain name, as sites over https did before they
 * had `__Host-` names, still counts where there is no newer one, so that nobody has to choose again: whoever could plant
 * it can change how a page looks and nothing else.
 */
export const rememberedWish = (
  cookie: (name: string) => string | undefined,
  name: string,
  publicUrl: string,
): string | undefined => cookie(ownCookieName(name, publicUrl)) ?? cookie(name);

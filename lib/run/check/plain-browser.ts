/**
 * A browser without script: keeps cookies, follows redirects, reads forms and sends them as a person would. What it
 * can do, anyone can do on any telephone; the check drives the whole product with it.
 */
export type PlainForm = {
  readonly id: string | null;
  readonly action: string;
  readonly method: string;
  /** Every field with the value the page gave it; choices with their first or selected one. */
  readonly values: ReadonlyMap<string, string>;
  readonly choices: ReadonlyMap<string, readonly { readonly value: string; readonly label: string }[]>;
  /** Fields a person types into, days and numbers among them. */
  readonly texts: readonly string[];
  readonly buttons: readonly {
    readonly name: string | null;
    readonly value: string;
    readonly text: string;
  }[];
};

export type PlainPage = {
  readonly url: string;
  readonly status: number;
  readonly html: string;
  /** What is to be read, without markup. */
  readonly text: string;
  readonly forms: readonly PlainForm[];
};

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

/** Text as it is read, of text as HTML writes it. */
export const decode = (text: string): string =>
  text.replace(/&(#x[0-9a-f]+|#\d+|[a-z]+);/gi, (whole, name: string) =>
    name.startsWith('#')
      ? String.fromCodePoint(
          name[1]?.toLowerCase() === 'x' ? parseInt(name.slice(2), 16) : parseInt(name.slice(1), 10),
        )
      : (ENTITIES[name] ?? whole),
  );

const attributes = (tag: string): Map<string, string> =>
  new Map(
    [...tag.matchAll(/([^\s=<>/"']+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g)]
      .slice(1)
      .map((match) => [(match[1] ?? '').toLowerCase(), decode(match[2] ?? match[3] ?? match[4] ?? '')]),
  );

const plain = (html: string): string =>
  decode(
    html
      .replace(/<(script|style|template)\b[\s\S]*?<\/\1>/gi, ' ')
      .replace(/<[^>]+>/g, ' ')
      .replace(/\s+/g, ' '),
  ).trim();

const readForm = (html: string): PlainForm => {
  const head = attributes(/^<form\b[^>]*>/i.exec(html)?.[0] ?? '');
  const values = new Map<string, string>();
  const choices = new Map<string, { value: string; label: string }[]>();
  const texts: string[] = [];
  const buttons: { name: string | null; value: string; text: string }[] = [];
  for (const [tag, kind = ''] of html.matchAll(/<(input|textarea|select|button)\b[^>]*>/gi)) {
    const at = attributes(tag);
    const name = at.get('name') ?? null;
    const type = (at.get('type') ?? 'text').toLowerCase();
    if (kind.toLowerCase() === 'button') {
      const after = html.slice(html.indexOf(tag) + tag.length);
      buttons.push({
        name,
        value: at.get('value') ?? '',
        text: plain(after.slice(0, after.search(/<\/button>/i))),
      });
    }
    if (name === null || kind.toLowerCase() === 'button' || at.has('disabled') || type === 'file') continue;
    if (kind.toLowerCase() === 'input') {
      if (type === 'radio' || type === 'checkbox') {
        choices.set(name, [
          ...(choices.get(name) ?? []),
          { value: at.get('value') ?? 'on', label: at.get('id') ?? '' },
        ]);
        if (at.has('checked')) values.set(name, at.get('value') ?? 'on');
      } else if (type !== 'submit') {
        values.set(name, at.get('value') ?? '');
        if (type !== 'hidden') texts.push(name);
      } else buttons.push({ name, value: at.get('value') ?? '', text: at.get('value') ?? '' });
      continue;
    }
    const from = html.indexOf(tag) + tag.length;
    const inner = html.slice(from, from + html.slice(from).search(new RegExp(`</${kind}>`, 'i')));
    if (kind.toLowerCase() === 'textarea') {
      values.set(name, decode(inner));
      texts.push(name);
      continue;
    }
    const options = [...inner.matchAll(/(<option\b[^>]*>)([\s\S]*?)<\/option>/gi)].map(
      ([, option = '', label = '']) => ({
        value: attributes(option).get('value') ?? plain(label),
        label: plain(label),
        selected: attributes(option).has('selected'),
      }),
    );
    choices.set(name, options);
    values.set(name, (options.find((option) => option.selected) ?? options[0])?.value ?? '');
  }
  return {
    id: head.get('id') ?? null,
    action: head.get('action') ?? '',
    method: (head.get('method') ?? 'get').toLowerCase(),
    values,
    choices,
    texts,
    buttons,
  };
};

const formsOf = (html: string): PlainForm[] =>
  [...html.matchAll(/<form\b[\s\S]*?<\/form>/gi)].map(([form]) => readForm(form));

export type Filled = Readonly<Record<string, string | File>>;

export type PlainBrowser = {
  readonly open: (address: string) => Promise<PlainPage>;
  readonly send: (page: PlainPage, form: PlainForm, filled?: Filled, button?: string) => Promise<PlainPage>;
};

/** A browser at home on `origin`, with nothing in its cookie jar but what is given; `headers` go with all it asks. */
export const plainBrowser = (
  origin: string,
  cookies: Readonly<Record<string, string>> = {},
  headers: Readonly<Record<string, string>> = {},
): PlainBrowser => {
  const jar = new Map([[new URL(origin).host, new Map(Object.entries(cookies))]]);
  const cookiesFor = (url: URL): Map<string, string> => {
    const found = jar.get(url.host) ?? new Map<string, string>();
    jar.set(url.host, found);
    return found;
  };

  const request = async (address: string, init: RequestInit, hops = 0): Promise<PlainPage> => {
    const url = new URL(address, origin);
    const sent = cookiesFor(url);
    const response = await fetch(url, {
      ...init,
      redirect: 'manual',
      headers: {
        ...headers,
        ...(init.headers as Record<string, string> | undefined),
        cookie: [...sent].map(([name, value]) => `${name}=${value}`).join('; '),
        'accept-language': 'en',
      },
      signal: AbortSignal.timeout(30_000),
    });
    for (const line of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split(/=(.*)/s);
      if (value === '' || /max-age=0/i.test(line)) sent.delete(name);
      else sent.set(name, value);
    }
    const location = response.headers.get('location');
    if (location !== null && response.status >= 300 && response.status < 400) {
      await response.arrayBuffer();
      if (hops > 10) throw new Error(`${url.href} redirects without end`);
      return request(new URL(location, url).href, {}, hops + 1);
    }
    const html = await response.text();
    return { url: url.href, status: response.status, html, text: plain(html), forms: formsOf(html) };
  };

  return {
    open: (address) => request(address, {}),
    send: (page, form, filled = {}, button) => {
      const data = new FormData();
      const pressed = form.buttons.find(
        (one) => one.name !== null && (one.value === button || one.text === button),
      );
      for (const [name, value] of form.values) if (!(name in filled)) data.append(name, value);
      for (const [name, value] of Object.entries(filled)) data.append(name, value);
      if (pressed?.name != null) data.append(pressed.name, pressed.value);
      const target = new URL(form.action === '' ? page.url : form.action, page.url);
      if (form.method !== 'post') {
        target.search = new URLSearchParams(
          [...data].filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
        ).toString();
        return request(target.href, {});
      }
      // React's own forms are multipart; a plain form is sent the way it says.
      const multipart = /enctype="multipart/i.test(page.html);
      const body = multipart
        ? data
        : new URLSearchParams(
            [...data].filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
          );
      return request(target.href, {
        method: 'POST',
        body,
        headers: { origin: target.origin, referer: page.url },
      });
    },
  };
};

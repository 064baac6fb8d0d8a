// Draws what verify-page.mjs has found: steps, verdict, the climb and the table of numbers. Words come from the page, in
// its language; everything is put in as text, never as markup.
import { base64 } from './verify.mjs';

/** Words with their {names} filled in. */
export const say = (template, values = {}) => template.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '');
export const short = (hash) => `${hash.slice(0, 10)}…`;

/** Whole minor units as people write them: 50000 fen → ¥500.00. */
export const money = (minor, currency) => {
  const { maximumFractionDigits: digits } = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
  }).resolvedOptions();
  const [, sign, figures] = /^(-?)(\d+)$/.exec(minor);
  const padded = figures.padStart(digits + 1, '0');
  const whole = padded.slice(0, padded.length - digits).replace(/\B(?=(\d{3})+$)/g, ',');
  const symbol = currency === 'CNY' ? '¥' : `${currency} `;
  return `${sign && '−'}${symbol}${whole}${digits ? `.${padded.slice(-digits)}` : ''}`;
};

export const make = (tag, attributes = {}, ...children) => {
  const isDrawing = ['svg', 'path', 'circle', 'rect', 'text'].includes(tag);
  const element = isDrawing
    ? document.createElementNS('http://www.w3.org/2000/svg', tag)
    : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
};

const DRAWN = {
  ok: ['M4.5 12.8l4.8 4.7L19.5 6.8'],
  bad: ['M8 2.6h8l5.4 5.4v8L16 21.4H8L2.6 16V8z', 'M12 7.4v6.2M12 16.6v.1'],
  off: ['M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18', 'M12 6.8V12l3.4 2'],
};
export const icon = (name) =>
  make(
    'svg',
    { class: 'icon', viewBox: '0 0 24 24', 'aria-hidden': 'true', focusable: 'false' },
    ...DRAWN[name].map((d) => make('path', { d })),
  );

export const stepItem = ({ state, title, body, more }, words) =>
  make(
    'li',
    { class: `verify-step verify-${state}` },
    make('span', { class: 'verify-dot' }, icon(state)),
    make(
      'div',
      {},
      make('h3', {}, title, make('span', { class: 'sr-only' }, `: ${words.state[state]}`)),
      make('p', {}, body),
      more &&
        make(
          'details',
          { class: 'fingerprint' },
          make('summary', {}, more[0]),
          make('p', { class: 'hash' }, more[1]),
        ),
    ),
  );

export const verdictBox = (isOk, title, body, ...after) =>
  make(
    'section',
    { class: `verify-verdict verify-${isOk ? 'ok' : 'bad'}`, role: 'status' },
    icon(isOk ? 'ok' : 'bad'),
    make('div', {}, make('h2', {}, title), ...body.map((line) => make('p', {}, line)), ...after),
  );

/** From the leaf below to the head above, one neighbour per step, on the side where it was joined. */
export const climbFigure = ({ steps: taken }, index, size, words) => {
  const rise = 54;
  const bottom = 60 + taken.length * rise;
  const road = { d: `M280 ${bottom}V34` };
  const parts = [
    make('path', { class: 'climb-road', ...road }),
    make('path', { class: 'climb-line', ...road }),
  ];
  taken.forEach(({ neighbour, onLeft }, at) => {
    const y = bottom - (at + 1) * rise;
    const x = onLeft ? 130 : 430;
    parts.push(
      make('path', { class: 'climb-edge', d: `M${x} ${y + 46}C${x} ${y + 18} 280 ${y + 34} 280 ${y + 4}` }),
      make('rect', { class: 'climb-box', x: x - 66, y: y + 32, width: 132, height: 28, rx: 3 }),
      make('text', { class: 'climb-hash', x, y: y + 51, 'text-anchor': 'middle' }, short(base64(neighbour))),
      make('circle', { class: 'climb-node', cx: 280, cy: y, r: 8 }),
    );
  });
  parts.push(
    make('circle', { class: 'climb-leaf', cx: 280, cy: bottom, r: 15 }),
    make(
      'text',
      { class: 'climb-word', x: 280, y: bottom + 38, 'text-anchor': 'middle' },
      say(words.climbFigure.leaf, { index }),
    ),
    make('circle', { class: 'climb-head', cx: 280, cy: 34, r: 15 }),
    make('text', { class: 'climb-word', x: 310, y: 40 }, say(words.climbFigure.head, { size })),
  );
  return make(
    'figure',
    { class: 'climb' },
    make('h2', {}, words.climbFigure.title),
    make('svg', { viewBox: `0 0 560 ${bottom + 54}`, 'aria-hidden': 'true', focusable: 'false' }, ...parts),
    make('figcaption', { class: 'caption' }, words.climbFigure.caption),
  );
};

/** The recomputed numbers beside the ones this site shows. */
export const numbersTable = (key, found, shown, words) => {
  const currency = key.split(' ')[1];
  const rows = Object.keys(words.number).map((name) => {
    const isSame = shown[name] === String(found[name]);
    const note = isSame
      ? words.whole.same
      : say(words.whole.differs, { shown: money(shown[name] ?? '0', currency) });
    return make(
      'tr',
      { class: isSame ? 'verify-ok' : 'verify-bad' },
      make('th', { scope: 'row' }, words.number[name]),
      make('td', { class: 'num' }, money(String(found[name]), currency)),
      make('td', {}, icon(isSame ? 'ok' : 'bad'), ` ${note}`),
    );
  });
  const tie = make(
    'p',
    { class: 'caption' },
    `${words.whole.tieOut}: ${money(String(found.difference), currency)}`,
  );
  return make(
    'div',
    { class: 'verify-numbers' },
    make('table', {}, make('caption', {}, words.whole.numbers), make('tbody', {}, ...rows)),
    tie,
  );
};

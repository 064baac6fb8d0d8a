import type { Code } from './codes';
import type { Message } from './store';

/** Every character that could end a text or attribute, so that no mail can write HTML into our page. */
export const escapeHtml = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (character) => `&#${character.codePointAt(0) ?? 0};`);

/** The text with its web addresses as links; nothing else of it is read as markup. */
export const linkify = (text: string): string =>
  text
    // Visible ASCII only: an address ends where Chinese text goes on without a blank.
    .split(/(https?:\/\/[!#-;=?-~]*[\w/=&#-])/)
    .map((part, index) =>
      index % 2 === 1
        ? `<a href="${escapeHtml(part)}" rel="noreferrer">${escapeHtml(part)}</a>`
        : escapeHtml(part),
    )
    .join('');

const page = (title: string, body: string, extraHead = ''): string => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8">${extraHead}<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title><link rel="stylesheet" href="/mailbox.css"></head>
<body><header><a href="/">Local mailbox · 本地邮箱</a> <a href="/codes">Second-factor codes · 动态码</a><p>Nothing here has left this machine. 这里的邮件都没有离开本机。</p></header>
<main>${body}</main></body></html>
`;

export const listPage = (messages: readonly Message[], address: string | undefined): string => {
  const rows = messages.map(
    ({ id, receivedAt, to, subject }) =>
      `<tr><td><time datetime="${receivedAt}">${receivedAt.slice(0, 16).replace('T', ' ')}</time></td>` +
      `<td>${to.map((one) => `<a href="/?to=${encodeURIComponent(one)}">${escapeHtml(one)}</a>`).join(', ')}</td>` +
      `<td><a href="/messages/${id}">${escapeHtml(subject === '' ? '(no subject)' : subject)}</a></td></tr>`,
  );
  const title = address === undefined ? 'Mails' : `Mails to ${address}`;
  const table = `<table><thead><tr><th scope="col">Received (UTC)</th><th scope="col">To</th><th scope="col">Subject</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
  return page(
    title,
    `<h1>${escapeHtml(title)}</h1>${rows.length === 0 ? '<p>No mail yet. 还没有邮件。</p>' : table}`,
  );
};

export const messagePage = (message: Message): string => {
  const files = message.attachments.map(
    ({ name, type, sizeBytes }) => `<li>${escapeHtml(name)} (${escapeHtml(type)}, ${sizeBytes} bytes)</li>`,
  );
  return page(
    message.subject,
    `<h1>${escapeHtml(message.subject)}</h1>
<dl><dt>To</dt><dd>${escapeHtml(message.to.join(', '))}</dd><dt>From</dt><dd>${escapeHtml(message.from)}</dd>
<dt>Received</dt><dd>${message.receivedAt}</dd></dl>
<pre>${linkify(message.text)}</pre>
${files.length === 0 ? '' : `<h2>Attachments</h2><ul>${files.join('')}</ul>`}
${message.html === '' ? '' : `<p><a href="/messages/${message.id}/html">Show as designed</a></p>`}`,
  );
};

export const codesPage = (codes: readonly Code[], secondsLeft: number): string => {
  const rows = codes.map(
    ({ role, email, code }) =>
      `<tr><td>${escapeHtml(role)}</td><td>${escapeHtml(email)}</td><td><code>${code}</code></td></tr>`,
  );
  return page(
    'Second-factor codes',
    `<h1>Second-factor codes</h1><p>What the authenticator apps of the people in the demo show now.</p>
<table><thead><tr><th scope="col">Role</th><th scope="col">Address</th><th scope="col">Code</th></tr></thead><tbody>${rows.join('')}</tbody></table>`,
    // A code is taken in its own half minute only: no page shows one for longer.
    `<meta http-equiv="refresh" content="${secondsLeft}">`,
  );
};

export const notFoundPage = page('No such mail', '<h1>No such mail</h1><p><a href="/">All mails</a></p>');

export const styleSheet = `
:root { color-scheme: light dark; font: 1rem/1.6 system-ui, sans-serif; }
body { margin: 0 auto; padding: 1rem; max-width: 60rem; }
header { border-bottom: 1px solid; margin-bottom: 1rem; }
header a { font-weight: 700; margin-inline-end: 1.5rem; } header p { margin: .2rem 0 .6rem; }
main { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: start; vertical-align: top; padding: .4rem .8rem .4rem 0; border-bottom: 1px solid #8886; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; } dd { margin: 0; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; border: 1px solid #8886; padding: 1rem; }
code { font-size: 1.25rem; letter-spacing: .1em; } a { color: inherit; } a:focus-visible { outline: 3px solid; outline-offset: 2px; }
`;

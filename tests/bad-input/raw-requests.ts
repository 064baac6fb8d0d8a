import type { Sent } from '../support/raw-socket';

/** One request that no HTTP client sends, and the statuses that must come; with a `*` those our own code gives. */
export type RawRequest = {
  readonly name: string;
  readonly sent: Sent;
  readonly answers: string;
  /** Ends our side after the last byte. */
  readonly hangUp?: boolean;
};

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');

/**
 * Requests with broken lines, lengths, codings and addresses. Where a reader could take the end of one for the beginning
 * of another, that end is `smuggled`: a whole request that would write something if it were ever answered.
 */
export const rawRequests = (host: string, smuggled: string): readonly RawRequest[] => {
  const of = (name: string, text: string, answers: string): RawRequest => ({
    name,
    sent: bytes(text),
    answers,
  });
  /** Of a page that costs nothing, with the connection closed after it. */
  const END = `Host: ${host}\r\nConnection: close\r\n\r\n`;
  const UPGRADE = `Host: ${host}\r\nConnection: Upgrade\r\n\r\n`;
  const ASK = 'GET /api/health HTTP/1.1';
  const line = (name: string, first: string, answers: string): RawRequest =>
    of(name, `${first}\r\n${END}`, answers);
  const header = (name: string, more: string, answers: string): RawRequest =>
    of(name, `${ASK}\r\n${more}\r\n${END}`, answers);
  // The one address that takes a body from anybody; without a signature it answers 400 and writes nothing.
  const POST = `POST /api/stripe/webhook HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\n`;
  const body = (name: string, heads: string, rest: string, answers: string): RawRequest =>
    of(name, `${POST}${heads}\r\n\r\n${rest}`, answers);
  const CHUNKED = 'Transfer-Encoding: chunked';
  const chunks = (name: string, rest: string, answers: string): RawRequest =>
    body(name, CHUNKED, rest, answers);
  const length = (value: string, answers: string): RawRequest =>
    body(`a length of “${value}”`, `Content-Length: ${value}`, `{}${smuggled}`, answers);
  const coding = (value: string, answers: string): RawRequest =>
    body(`a coding of “${value}”`, `Transfer-Encoding: ${value}`, `0\r\n\r\n${smuggled}`, answers);

  return [
    // Lines of request
    line('a line of one word', 'GET', '400'),
    line('a line without a version', 'GET /api/health', '505*'),
    of('the request of 1991', 'GET /api/health\r\n', ''),
    line('two spaces in the line', 'GET  /api/health HTTP/1.1', '200*'),
    line('a tab in the line', 'GET\t/api/health\tHTTP/1.1', '400'),
    line('a space before the line', ' GET /api/health HTTP/1.1', '400'),
    line('a space in the address', 'GET /api /health HTTP/1.1', '400'),
    line('something after the version', 'GET /api/health HTTP/1.1 x', '400'),
    line('the version in small letters', 'GET /api/health http/1.1', '400'),
    ...['HTTP/1.2', 'HTTP/9.9', 'HTTP/1.10', 'HTTP/1.', 'HTTP/-1.1', 'ICE/1.0', 'HTTPS/1.1'].map((version) =>
      line(`version ${version}`, `GET /api/health ${version}`, '400'),
    ),
    ...['HTTP/2.0', 'HTTP/0.9'].map((version) =>
      line(`version ${version}`, `GET /api/health ${version}`, '505*'),
    ),
    // Node reads the figures only, and they are ours.
    line('version RTSP/1.0', 'GET /api/health RTSP/1.0', '200*'),
    of('the greeting of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', '400'),
    of('the greeting of TLS', '\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03', '400'),
    of('the greeting of SSH', 'SSH-2.0-OpenSSH_9.2\r\n', '400'),
    of('the greeting of a proxy', `PROXY TCP4 1.2.3.4 5.6.7.8 1 2\r\n${ASK}\r\n${END}`, '400'),
    of('a letter’s greeting', 'EHLO example.org\r\n', '400'),
    of('a database’s greeting', '\0\0\0\x08\x04\xd2\x16\x2f', '400'),
    of(
      'noise',
      Array.from({ length: 400 }, (_, n) => String.fromCharCode((n * 151 + 7) & 255)).join(''),
      '400',
    ),
    line('a NUL in the method', 'G\0T /api/health HTTP/1.1', '400'),
    line('a NUL in the address', 'GET /api/he\0alth HTTP/1.1', '400'),
    line('a NUL in the version', 'GET /api/health HTTP/1.1\0', '400'),
    line('a bare CR in the address', 'GET /api/he\ralth HTTP/1.1', '400'),
    line('a DEL in the address', 'GET /api/he\x7falth HTTP/1.1', '400'),
    of('a line that ends in LF alone', `${ASK}\nHost: ${host}\nConnection: close\n\n`, '400'),
    of('empty lines before the line', `\r\n\r\n${ASK}\r\n${END}`, '200*'),

    // Addresses
    line('no address', 'GET HTTP/1.1', '400'),
    line('an address without a slash', 'GET api/health HTTP/1.1', '400'),
    line('our own absolute address', `GET http://${host}/api/health HTTP/1.1`, '200*'),
    line('somebody else’s absolute address', 'GET http://evil.example/api/health HTTP/1.1', '400*'),
    line('an address of another service', 'GET ftp://evil.example/x HTTP/1.1', '400*'),
    line('an address of a file', 'GET file:///etc/passwd HTTP/1.1', '400*'),
    line('a host alone', `GET ${host} HTTP/1.1`, '400'),
    line('a tunnel', 'CONNECT evil.example:443 HTTP/1.1', ''),
    line('a star', 'OPTIONS * HTTP/1.1', '400*'),
    line('a star to read', 'GET * HTTP/1.1', '400*'),
    line('a fragment', 'GET /api/health#x HTTP/1.1', '200*'),
    ...[
      '/%',
      '/%zz',
      '/%u0041',
      '/en/%E0%A4%A',
      '/en/roads/%ED%A0%80',
      '/%c0%af',
      '/%ff',
      '/en/roads/%',
      '/api/v1/segments/%',
    ].map((path) => line(`the address ${path}`, `GET ${path} HTTP/1.1`, '400*')),
    ...['/%00', '/en/%00', '/en/ledger?q=%00'].map((path) =>
      line(`the address ${path}`, `GET ${path} HTTP/1.1`, '400*'),
    ),
    ...[
      '/..%2f..%2fetc%2fpasswd',
      '/.git/config',
      '/.env',
      '/_next/static/..%2f..%2fpackage.json',
      '/%2e%2e/%2e%2e/etc/passwd',
      '/../../etc/passwd',
      '/_next/../.env',
      '/.well-known/../.env',
    ].map((path) => line(`the address ${path}`, `GET ${path} HTTP/1.1`, '404*')),
    line('two slashes before another host', 'GET //evil.example/ HTTP/1.1', '308*'),
    line('a slash turned round before another host', 'GET /\\evil.example HTTP/1.1', '308*'),
    line('bytes above 127 in the address', 'GET /en/\xe9\xff HTTP/1.1', '400'),
    line('an address of 10,000 letters', `GET /${'a'.repeat(10_000)} HTTP/1.1`, '404*'),
    line('an address of 20,000 letters', `GET /${'a'.repeat(20_000)} HTTP/1.1`, '431'),
    line('an address of a megabyte', `GET /${'a'.repeat(1_000_000)} HTTP/1.1`, '431'),
    line('a query of 3,000 names', `GET /api/v1/segments?${'a&'.repeat(3000)} HTTP/1.1`, '400*'),

    // Methods
    ...['get', 'FOO', 'G=T', 'GETT', 'BREW', '(GET)', 'DEBUG', 'TRACK', 'A'.repeat(1000)].map((method) =>
      line(`the method ${method.slice(0, 20)}`, `${method} /api/health HTTP/1.1`, '400'),
    ),
    ...['TRACE', 'PROPFIND', 'PURGE', 'MKCOL', 'LINK', 'SUBSCRIBE', 'UNLOCK'].map((method) =>
      line(`the method ${method}`, `${method} /api/health HTTP/1.1`, '501*'),
    ),
    ...['PUT', 'DELETE', 'PATCH', 'POST'].map((method) =>
      line(`the method ${method} where there is only reading`, `${method} /api/health HTTP/1.1`, '405*'),
    ),

    // Headers
    of('no host', `${ASK}\r\nConnection: close\r\n\r\n`, '400'),
    header('two hosts', 'Host: evil.example', '400*'),
    ...[
      '',
      ' ',
      'a b',
      'evil.example/path',
      'user@evil.example',
      'evil.example:99999',
      '../..',
      'evil.example#',
      '[::1',
      'a,b',
    ].map((name) => of(`the host “${name}”`, `${ASK}\r\nHost: ${name}\r\nConnection: close\r\n\r\n`, '200*')),
    header('a header without a colon', 'X-Nothing', '400'),
    header('a header without a name', ': x', '400'),
    header('a space before the colon', 'X-Space : x', '400'),
    header('a space in a name', 'X Space: x', '400'),
    header('a NUL in a name', 'X-N\0l: x', '400'),
    header('a NUL in a value', 'X-Nul: a\0b', '400'),
    header('a name that is none', 'X@(x): x', '400'),
    header('a byte above 127 in a name', 'X-\xe9: x', '400'),
    header('a header folded', 'X-Long: a\r\n b', '400'),
    header('a header folded with a tab', 'X-Long: a\r\n\tb', '400'),
    of('a first header folded', `${ASK}\r\n X: x\r\n${END}`, '400'),
    header('a bare CR in a value', 'X-Cr: a\rb', '400'),
    header('a bare LF after a value', 'X-Lf: a\nX-More: b', '400'),
    header('two CR before the LF', 'X-Cr: a\r', '400'),
    header('a bell and a DEL in a value', 'X-Bell: \x07\x7f', '400'),
    header('a header of 20,000 letters', `X-Long: ${'a'.repeat(20_000)}`, '431'),
    header('3,000 headers', Array.from({ length: 3000 }, (_, n) => `X-${n}: x`).join('\r\n'), '431'),
    header('a cookie of 20,000 letters', `Cookie: a=${'b'.repeat(20_000)}`, '431'),
    header(
      '1,000 cookies',
      `Cookie: ${Array.from({ length: 1000 }, (_, n) => `c${n}=1`).join('; ')}`,
      '200*',
    ),
    header('what is expected is nonsense', 'Expect: the-moon', '417'),
    ...['/api/health', '/nowhere'].flatMap((path) =>
      ['websocket', 'h2c'].map((to) =>
        of(`${to} wished for at ${path}`, `GET ${path} HTTP/1.1\r\nUpgrade: ${to}\r\n${UPGRADE}`, '400*'),
      ),
    ),
    header('HTTP/2 wished for', 'Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__', '200*'),
    header('a range of nonsense', 'Range: bytes=5-1,9999999999999999999999-', '200*'),
    header(
      'dates and tags of nonsense',
      'If-Modified-Since: yesterday\r\nIf-Match: x\r\nIf-None-Match: "',
      '200*',
    ),

    // Lengths
    ...[
      '-1',
      '+2',
      '2,2',
      '2, 3',
      '0x2',
      '2e0',
      '2 2',
      '',
      '\u0662',
      '2;',
      '99999999999999999999',
      '18446744073709551618',
      '2.0',
      '\x0b2',
    ].map((value) => length(value, '400')),
    body('two lengths alike', 'Content-Length: 2\r\nContent-Length: 2', `{}${smuggled}`, '400'),
    body(
      'two lengths, the first shorter',
      `Content-Length: 0\r\nContent-Length: ${smuggled.length}`,
      smuggled,
      '400',
    ),
    body(
      'two lengths, the second shorter',
      `Content-Length: ${smuggled.length}\r\nContent-Length: 0`,
      smuggled,
      '400',
    ),
    body('a length with a space before its colon', `Content-Length : ${smuggled.length}`, smuggled, '400'),
    body('a length behind a fold', `X: x\r\n Content-Length: ${smuggled.length}`, smuggled, '400'),
    body(
      'a length and a coding',
      `Content-Length: ${smuggled.length + 5}\r\n${CHUNKED}`,
      `0\r\n\r\n${smuggled}`,
      '400',
    ),
    body('a coding and a length', `${CHUNKED}\r\nContent-Length: 4`, `0\r\n\r\n${smuggled}`, '400'),
    body('a body of five megabytes', 'Content-Length: 5000000', 'a'.repeat(5_000_000), '413*'),
    of(
      'a body where there is only reading',
      `${ASK}\r\nHost: ${host}\r\nConnection: close\r\nContent-Length: ${smuggled.length}\r\n\r\n${smuggled}`,
      '200*',
    ),

    // Codings
    ...[
      'identity',
      'chunked, identity',
      'identity, chunked, identity',
      'xchunked',
      'chunked;q=1',
      'chunked x',
      '"chunked"',
      '\x0bchunked',
      'chunked\0',
      'chun\tked',
      'gzip',
      '',
    ].map((value) => coding(value, '400')),
    body(
      'two codings, the second another',
      `${CHUNKED}\r\nTransfer-Encoding: identity`,
      `0\r\n\r\n${smuggled}`,
      '400',
    ),
    body(
      'a coding with a space before its colon',
      'Transfer-Encoding : chunked',
      `0\r\n\r\n${smuggled}`,
      '400',
    ),
    body('a coding behind a fold', 'Transfer-Encoding:\r\n chunked', `0\r\n\r\n${smuggled}`, '400'),
    body('a coding behind a bare LF', `X: x\nTransfer-Encoding: chunked`, `0\r\n\r\n${smuggled}`, '400'),

    // Chunks
    ...['zz', '-1', '0x2', '+2', ' 2', '2 2', '', 'ffffffffffffffff1', '2\0', 'g'].map((size) =>
      chunks(`a chunk of the size “${size}”`, `${size}\r\n{}\r\n0\r\n\r\n${smuggled}`, '400'),
    ),
    chunks('a chunk longer than it says', `2\r\n{}XY\r\n0\r\n\r\n${smuggled}`, '400'),
    chunks('a chunk’s size that ends in LF alone', `2\n{}\r\n0\r\n\r\n${smuggled}`, '400'),
    chunks('a chunk that ends in LF alone', `2\r\n{}\n0\r\n\r\n${smuggled}`, '400'),
    chunks('a last chunk that ends in LF alone', `2\r\n{}\r\n0\n\n${smuggled}`, '400'),
    chunks('a chunk with a bare CR behind its size', `2\rX{}\r\n0\r\n\r\n${smuggled}`, '400'),
    chunks('a note to a chunk with an LF in it', `2;a=\nb\r\n{}\r\n0\r\n\r\n${smuggled}`, '400'),
    chunks(
      'a note to a chunk of 20,000 letters',
      `2;${'a'.repeat(20_000)}\r\n{}\r\n0\r\n\r\n${smuggled}`,
      '413',
    ),
    chunks('a trailer of 20,000 letters', `2\r\n{}\r\n0\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`, '431'),
    chunks('a trailer that is none', `2\r\n{}\r\n0\r\nX\0: x\r\n\r\n`, '400'),

    // More than one, and less than one
    of('a request behind one that closes', `${ASK}\r\n${END}${smuggled}`, '400'),
    of('three at once', `${`${ASK}\r\nHost: ${host}\r\n\r\n`.repeat(2)}${ASK}\r\n${END}`, '200* 200* 200*'),
    of('rubbish behind a request', `${ASK}\r\nHost: ${host}\r\n\r\nrubbish\r\n\r\n`, '400'),
    {
      name: 'a byte at a time',
      sent: [...bytes(`${ASK}\r\n${END}`)].map((byte) => Buffer.from([byte])),
      answers: '200*',
    },
    { name: 'half a line', sent: bytes('GET /api/he'), answers: '400', hangUp: true },
    {
      name: 'half the headers',
      sent: bytes(`${ASK}\r\nHost: ${host}\r\nX-Ha`),
      answers: '400',
      hangUp: true,
    },
    { name: 'half a body', sent: bytes(`${POST}Content-Length: 100\r\n\r\n{`), answers: '400', hangUp: true },
    { name: 'half a chunk', sent: bytes(`${POST}${CHUNKED}\r\n\r\n64\r\n{`), answers: '400', hangUp: true },
    { name: 'nothing', sent: Buffer.alloc(0), answers: '', hangUp: true },
    { name: 'a line and silence', sent: bytes(`${ASK}\r\nHost: ${host}\r\n`), answers: '' },
    { name: 'a length and silence', sent: bytes(`${POST}Content-Length: 100\r\n\r\n`), answers: '' },
  ];
};

type Fields = readonly (readonly [name: string, value: string])[];

export type SpoiltForm = {
  readonly name: string;
  readonly type: string;
  readonly body: string;
  readonly answers: number;
};

const MULTIPART = 'multipart/form-data; boundary=cut';

const packed = (fields: Fields, end = '\r\n'): string =>
  `${fields
    .map(
      ([name, value]) =>
        `--cut${end}Content-Disposition: form-data; name="${name}"${end}${end}${value}${end}`,
    )
    .join('')}--cut--${end}`;

/** The form of a page, spoilt in what the framework adds to it or in how it is packed. */
export const spoiltForms = (whole: Fields): readonly SpoiltForm[] => {
  const form = (name: string, body: string, answers: number, type = MULTIPART): SpoiltForm => ({
    name,
    body,
    answers,
    type,
  });
  const without = (field: string): Fields => whole.filter(([name]) => name !== field);
  const instead = (field: string, value: string): Fields =>
    whole.map(([name, was]) => [name, name === field ? value : was]);
  const id = whole.find(([name]) => name === '$ACTION_1:0')?.[1] ?? '';
  const good = packed(whole);
  return [
    ...['$ACTION_REF_1', '$ACTION_1:0', '$ACTION_1:1'].map((field) =>
      form(`without ${field}`, packed(without(field)), 400),
    ),
    ...[
      '',
      '{',
      'null',
      '[]',
      '0',
      '"x"',
      "{}') AND 1=1",
      `${id}${id}`,
      '{"id":"","bound":null}',
      '{"id":"00","bound":"$@1"}',
      '{"id":"../../etc/passwd","bound":"$@1"}',
      '{"id":"__proto__","bound":"$@1"}',
      '{"id":"constructor","bound":"$@1"}',
      id.replace('$@1', '$@99'),
      id.replace('"$@1"', '{"then":"$1:then"}'),
      id.replace('"$@1"', '"$1:__proto__:constructor"'),
      id.replace('$@1', '$F1'),
    ].map((value) => form(`the action is ${value}`, packed(instead('$ACTION_1:0', value)), 400)),
    ...[
      '',
      '{',
      'null',
      "[]') AND 1=1",
      '"$1:__proto__:polluted"',
      '{"then":"$1:__proto__:then"}',
      '['.repeat(50_000),
    ].map((value) =>
      form(
        `what the action is bound to is ${value.slice(0, 40)}`,
        packed(instead('$ACTION_1:1', value)),
        400,
      ),
    ),
    form('line ends of LF alone', packed(whole, '\n'), 400),
    form('cut in half', good.slice(0, good.length / 2), 400),
    form('cut before its end', good.slice(0, -8), 400),
    form('nothing', '', 400),
    form('rubbish', 'x'.repeat(2000), 400),
    form('another boundary', good.replaceAll('--cut', '--cat'), 400),
    form('no boundary', good, 400, 'multipart/form-data'),
    form('quoted field names', good.replaceAll('"', "'"), 400),
    form('as plain text', good, 200, 'text/plain'),
    form('as JSON', JSON.stringify(Object.fromEntries(whole)), 200, 'application/json'),
    form(
      'as a query',
      new URLSearchParams(whole.map(([name, value]) => [name, value])).toString(),
      200,
      'application/x-www-form-urlencoded',
    ),
    form('of three megabytes', packed([['more', 'x'.repeat(3_000_000)], ...whole]), 413),
    form(
      'of 20,000 fields',
      packed([...Array.from({ length: 20_000 }, (_, n) => [`f${n}`, ''] as const), ...whole]),
      413,
    ),
  ];
};

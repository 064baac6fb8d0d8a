import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { timestampRequest, verifyTimestamp } from '@/lib/proof/rfc3161';
import { contractData } from '../support/contract-data';

const authority = 'test_tsa';
const folder = contractData('tlog', 'rfc3161', authority);
const read = (name: string): Buffer => readFileSync(join(folder, name));
const expected = (
  JSON.parse(readFileSync(contractData('expected.json'), 'utf8')) as { rfc3161: Record<string, string> }
).rfc3161;

// The collection says in words what `openssl ts -verify` answers; the names of the files are in the words.
const cases = Object.entries(expected).map(([words, verdict]) => {
  const [request = '', response = ''] = words.match(/[\w-]+\.(?:der|tsr)/g) ?? [];
  return { request, response, verdict };
});

describe('timestamps of the collection', () => {
  it('are all named in it', () => {
    const files = readdirSync(folder).filter((name) => /\.(der|tsr)$/.test(name));
    const named = new Set(cases.flatMap(({ request, response }) => [request, response]));
    expect(files.filter((name) => !named.has(name))).toEqual([]);
  });

  it.each(cases)('$request with $response: $verdict', ({ request, response, verdict }) => {
    const answer = verifyTimestamp(read(request), read(response), read('ts_chain.pem').toString());
    expect(answer.ok).toBe(verdict === 'OK');
  });

  it('no single changed byte of a good answer is accepted as a good answer about anything else', () => {
    const [request, response] = [read('request.der'), read('response.tsr')];
    const chain = read('ts_chain.pem').toString();
    const good = verifyTimestamp(request, response, chain);
    let accepted = 0;
    for (let at = 0; at < response.length; at += 5)
      for (const flip of [0x01, 0x80]) {
        const changed = Buffer.from(response);
        changed[at] = (changed[at] ?? 0) ^ flip;
        const answer = verifyTimestamp(request, changed, chain);
        // Bytes outside what is signed (issuer's name in the signer's id, serial) may differ without a difference in meaning.
        if (answer.ok && good.ok && answer.at.getTime() === good.at.getTime()) continue;
        if (answer.ok) accepted += 1;
      }
    expect(accepted).toBe(0);
  });

  it('a chain without the root, and no chain, is not believed', () => {
    const [leaf = '', ...rest] = read('ts_chain.pem')
      .toString()
      .split(/(?<=-----END CERTIFICATE-----\n)/);
    for (const chain of ['', leaf, rest.join('')]) {
      const answer = verifyTimestamp(read('request.der'), read('response.tsr'), chain);
      if (!chain.includes(rest.at(-1) ?? '?') || chain === '') expect(answer.ok).toBe(false);
    }
  });
});

describe('our own requests', () => {
  it('are what openssl reads as a request for these bytes', () => {
    const place = mkdtempSync(join(tmpdir(), 'shanlu-tsq-'));
    try {
      const file = join(place, 'request.tsq');
      writeFileSync(
        file,
        timestampRequest(Buffer.from('a head of the log'), Buffer.from('ff01020304050607', 'hex')),
      );
      const { stdout, status } = spawnSync('openssl', ['ts', '-query', '-in', file, '-text'], {
        encoding: 'utf8',
      });
      expect(status).toBe(0);
      expect(stdout).toContain('sha256');
      expect(stdout).toContain('Nonce: 0xFF01020304050607');
      expect(stdout).toContain('Certificate required: yes');
    } finally {
      rmSync(place, { recursive: true, force: true });
    }
  });

  it('are answered by an authority of openssl, and the answer holds for these bytes only', () => {
    const place = mkdtempSync(join(tmpdir(), 'shanlu-tsa-'));
    const openssl = (...args: string[]): void => {
      const { status, stderr } = spawnSync('openssl', args, { cwd: place, encoding: 'utf8' });
      expect(status, stderr).toBe(0);
    };
    try {
      const settings = [
        '[tsa]',
        'serial = serial',
        'default_policy = 1.2.3.4',
        'signer_digest = sha256',
        'digests = sha256, sha512',
        'ess_cert_id_chain = no',
        'ess_cert_id_alg = sha256',
        '[ext]',
        'extendedKeyUsage = critical,timeStamping',
      ];
      writeFileSync(join(place, 'tsa.cnf'), settings.join('\n'));
      openssl(
        'req',
        '-x509',
        '-newkey',
        'rsa:2048',
        '-nodes',
        '-keyout',
        'ca.key',
        '-out',
        'ca.pem',
        '-subj',
        '/CN=Authority',
      );
      openssl(
        'req',
        '-newkey',
        'rsa:2048',
        '-nodes',
        '-keyout',
        'tsa.key',
        '-out',
        'tsa.csr',
        '-subj',
        '/CN=Clock',
      );
      openssl(
        'x509',
        '-req',
        '-in',
        'tsa.csr',
        '-CA',
        'ca.pem',
        '-CAkey',
        'ca.key',
        '-CAcreateserial',
        '-out',
        'tsa.pem',
        '-extfile',
        'tsa.cnf',
        '-extensions',
        'ext',
      );
      const head = Buffer.from('a head of the log');
      const request = timestampRequest(head, randomBytes(8));
      writeFileSync(join(place, 'request.tsq'), request);
      openssl(
        'ts',
        '-reply',
        '-config',
        'tsa.cnf',
        '-section',
        'tsa',
        '-queryfile',
        'request.tsq',
        '-signer',
        'tsa.pem',
        '-inkey',
        'tsa.key',
        '-out',
        'answer.tsr',
      );
      const response = readFileSync(join(place, 'answer.tsr'));
      const trusted = readFileSync(join(place, 'ca.pem'), 'utf8');
      const stamped = verifyTimestamp(request, response, trusted);
      expect(stamped).toMatchObject({ ok: true, policy: '1.2.3.4' });
      expect(stamped.ok && Math.abs(stamped.at.getTime() - Date.now())).toBeLessThan(60_000);
      expect(
        verifyTimestamp(timestampRequest(Buffer.from('another head'), randomBytes(8)), response, trusted).ok,
      ).toBe(false);
      expect(verifyTimestamp(timestampRequest(head, randomBytes(8)), response, trusted)).toEqual({
        ok: false,
        why: 'other_nonce',
      });
      expect(verifyTimestamp(request, response, readFileSync(join(place, 'tsa.pem'), 'utf8')).ok).toBe(false);
    } finally {
      rmSync(place, { recursive: true, force: true });
    }
  });

  it('differ by their nonce', () => {
    const data = Buffer.from('x');
    expect(timestampRequest(data, randomBytes(8))).not.toEqual(timestampRequest(data, randomBytes(8)));
  });
});

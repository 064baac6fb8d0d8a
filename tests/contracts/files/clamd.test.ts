import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { clamdAnswers, scanWithClamd } from '@/lib/files/clamd.gateway';
import { freePort } from '@/lib/run/launch/ports';
import { EICAR, openFakeClamd, type FakeClamd, type Manner } from '../../support/fake-clamd';

// The daemon's own protocol over real sockets; the real daemon: `npm run faults -- scanner`.

const STREAM_MAX = 3_000_000;
const folder = mkdtempSync(join(tmpdir(), 'shanlu-clamd-'));
const scanners: Record<string, FakeClamd> = {};
beforeAll(async () => {
  const options = { streamMax: STREAM_MAX };
  scanners['a unix socket'] = await openFakeClamd({ path: join(folder, 'clamd.ctl') }, options);
  scanners['TCP'] = await openFakeClamd({ port: 0 }, options);
});
afterAll(async () => {
  for (const scanner of Object.values(scanners)) await scanner.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A length that no piece has, so that a piece lost, doubled or out of its place shows. */
const pattern = Buffer.from(Uint8Array.from({ length: 100_003 }, (_, n) => (n * 2_654_435_761) >>> 24));
const bytes = (length: number): Buffer => Buffer.alloc(length, pattern);

describe.each(['a unix socket', 'TCP'])('over %s', (line) => {
  let scanner: FakeClamd;
  beforeEach(() => {
    scanner = scanners[line]!;
    scanner.manner = 'real';
    scanner.received.length = 0;
  });
  const scan = (file: Uint8Array, timeoutMs = 5_000) => scanWithClamd(scanner.address, file, timeoutMs);

  test.each([0, 1, 65_535, 65_536, 65_537, 2_999_999, STREAM_MAX])(
    'a harmless file of %i bytes arrives as it is and is clean',
    async (length) => {
      const file = bytes(length);
      expect(await scan(file)).toEqual({ kind: 'clean' });
      expect(scanner.received).toHaveLength(1);
      expect(scanner.received[0]?.equals(file)).toBe(true);
    },
  );

  test('the test virus is found by name, alone and deep in a file', async () => {
    const found = { kind: 'infected', signature: 'Eicar-Test-Signature' };
    expect(await scan(Buffer.from(EICAR))).toEqual(found);
    expect(await scan(Buffer.concat([bytes(131_040), Buffer.from(EICAR), bytes(70_000)]))).toEqual(found);
  });

  test.each<[Manner, string]>([
    ['cut in the middle', 'broken'],
    ['cut without an answer', 'broken'],
    ['half an answer', 'broken'],
    ['nonsense', 'broken'],
    ['endless', 'broken'],
    ['silent', 'silent'],
    ['limits', 'too_large'],
  ])('a scanner that is %s has said nothing', async (manner, reason) => {
    scanner.manner = manner;
    expect(await scan(bytes(200_000), 300)).toEqual({ kind: 'unknown', reason });
  });

  test('one that says all is well before it has the file is not believed', async () => {
    scanner.manner = 'hasty';
    expect(await scan(bytes(20_000_000))).toEqual({ kind: 'unknown', reason: 'broken' });
  });

  test('one that does not take what it is sent ends with the time', async () => {
    scanner.manner = 'deaf';
    const file = bytes(20_000_000);
    const began = performance.now();
    expect(await scan(file, 300)).toEqual({ kind: 'unknown', reason: 'silent' });
    expect(performance.now() - began).toBeLessThan(3_000);
  });

  test('a slow one is waited for, but not longer than the time given', async () => {
    for (const manner of ['slow', 'dripping'] as const) {
      scanner.manner = manner;
      expect(await scan(Buffer.from(EICAR)), manner).toMatchObject({ kind: 'infected' });
      expect(await scan(bytes(100)), manner).toEqual({ kind: 'clean' });
      expect(await scan(bytes(100), 60), manner).toEqual({ kind: 'unknown', reason: 'silent' });
    }
  });

  test('more than it is set to take is not looked at, however much more', async () => {
    // When the daemon hangs up, its last words may be lost with the line.
    for (const length of [STREAM_MAX + 1, STREAM_MAX * 6]) {
      const verdict = await scan(bytes(length));
      expect(verdict.kind).toBe('unknown');
      expect(['too_large', 'broken']).toContain('reason' in verdict ? verdict.reason : '');
    }
  });

  test('twenty at once each get their own answer', async () => {
    const files = Array.from({ length: 20 }, (_, n) =>
      n % 2 === 0 ? bytes(50_000 + n) : Buffer.concat([bytes(50_000 + n), Buffer.from(EICAR)]),
    );
    const kinds = (await Promise.all(files.map((file) => scan(file)))).map(({ kind }) => kind);
    expect(kinds).toEqual(files.map((_, n) => (n % 2 === 0 ? 'clean' : 'infected')));
  });

  test('it answers when it is asked whether it is there', async () => {
    expect(await clamdAnswers(scanner.address, 2_000)).toBe(true);
    scanner.manner = 'silent';
    expect(await clamdAnswers(scanner.address, 100)).toBe(false);
  });
});

test('where nobody listens there is no verdict', async () => {
  const gone = join(folder, 'gone.ctl');
  const noSocket = join(folder, 'file');
  writeFileSync(noSocket, '');
  for (const address of [gone, noSocket, `127.0.0.1:${await freePort()}`, `[::1]:${await freePort()}`]) {
    expect(await scanWithClamd(address, bytes(10), 2_000), address).toEqual({
      kind: 'unknown',
      reason: 'away',
    });
    expect(await clamdAnswers(address, 2_000)).toBe(false);
  }
});

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import '../support/settings';
import { utils, write } from '@e965/xlsx';
import { expect, vi } from 'vitest';
import { acceptDocument } from '@/lib/files/document.gateway';
import { scannerAnswers, takeUpload } from '@/lib/files/intake';
import { scanWithClamd } from '@/lib/files/clamd.gateway';
import type { Random } from '../model/random';
import { debianTool } from '../support/debian-tool';
import { EICAR } from '../support/fake-clamd';
import { until } from '../support/until';
import { countTo, each } from './payments';
import { trial } from './trial';

// The address is read when the product is loaded.
const { folder } = vi.hoisted(() => {
  const made = `${process.env['TMPDIR'] ?? '/tmp'}/shanlu-scanner-${process.pid}`;
  process.env['CLAMD_ADDRESS'] = `${made}/clamd.ctl`;
  return { folder: made };
});

const MB = 1_048_576;
const FILE_MAX = 400 * MB;

/** The daemon of Debian with `docs/running/clamd.conf`, in a folder of its own, with one signature of ours. */
const openClamd = async () => {
  const socket = join(folder, 'clamd.ctl');
  const signatures = join(folder, 'signatures');
  mkdirSync(signatures, { recursive: true });
  const hex = Buffer.from(EICAR).toString('hex');
  writeFileSync(join(signatures, 'ours.ndb'), `Eicar-Test-Signature:0:*:${hex}\n`);
  const written = readFileSync('docs/running/clamd.conf', 'utf8')
    .replace('/run/clamav/clamd.ctl\nLocal', `${socket}\nLocal`)
    .replace('/var/lib/clamav', signatures)
    // Accounts and the system's log are the machine's.
    .replaceAll(/^(?:User|LocalSocketGroup|LogSyslog) .*\n/gm, '');
  expect(written).toContain(`LocalSocket ${socket}`);
  writeFileSync(join(folder, 'clamd.conf'), `${written}TemporaryDirectory ${folder}\n`);
  const tool = await debianTool('clamd');
  let child: ChildProcess | undefined;
  return {
    socket,
    start: async (): Promise<void> => {
      child = spawn(tool.path, ['--foreground', '--config-file', join(folder, 'clamd.conf')], {
        env: { ...process.env, ...tool.env },
        stdio: 'ignore',
      });
    },
    signal: async (signal: NodeJS.Signals): Promise<void> => {
      child?.kill(signal);
      if (signal === 'SIGKILL' && child?.exitCode === null && child.signalCode === null)
        await once(child, 'exit');
    },
  };
};

const bytes = (random: Random, length: number): Buffer =>
  Buffer.from(
    Uint32Array.from({ length: Math.ceil(length / 4) }, () => random.below(2 ** 32)).buffer,
  ).subarray(0, length);

const workbook = (cell: string): Buffer => {
  const book = utils.book_new();
  utils.book_append_sheet(
    book,
    utils.aoa_to_sheet([
      ['quote', 'amount'],
      [cell, 120],
    ]),
  );
  return write(book, { type: 'buffer', bookType: 'xlsx', bookSST: true, compression: true }) as Buffer;
};

type Sent = { readonly virus: boolean; readonly file: Buffer };

/** Noise, text or a packed workbook, half of them with the test virus at any place in it. */
const drawn = (random: Random): Sent => {
  const virus = random.chance(50);
  const length = random.below(2 * MB);
  if (random.chance(30)) return { virus, file: workbook(virus ? EICAR : 'asphalt, 180 mm') };
  const [before, behind] = [bytes(random, random.below(length + 1)), bytes(random, 1_000)];
  return { virus, file: Buffer.concat([before, Buffer.from(virus ? EICAR : 'nothing'), behind]) };
};

/** A small document that unpacks to much nothing with the virus behind it: who stops looking before has not seen it. */
const deepArchive = (megabytes: number): Buffer => {
  const plain = Buffer.alloc(megabytes * MB);
  plain.write(EICAR, plain.length - 100, 'latin1');
  const packed = deflateRawSync(plain, { level: 1 });
  const name = Buffer.from('OFD.xml');
  // Version 2.0, no flags, deflated, no time; then check sum, sizes and the length of the name.
  const facts = Buffer.alloc(26);
  facts.writeUInt16LE(20, 0);
  facts.writeUInt16LE(8, 4);
  facts.writeUInt32LE(crc32(plain), 10);
  facts.writeUInt32LE(packed.length, 14);
  facts.writeUInt32LE(plain.length, 18);
  facts.writeUInt16LE(name.length, 22);
  const file = Buffer.concat([Buffer.from('PK\x03\x04'), facts, name, packed]);
  const directory = Buffer.concat([Buffer.from('PK\x01\x02\x14\0'), facts, Buffer.alloc(14), name]);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(1, 4);
  end.writeUInt16LE(1, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(file.length, 12);
  return Buffer.concat([file, directory, Buffer.from('PK\x05\x06'), end]);
};

trial(
  {
    row: 41,
    name: 'scanner',
    runs: 400,
    fault:
      'Files sent in eight at a time, half of them with the test virus (as it is, deep in noise, in a packed workbook), to the ClamAV daemon of Debian as docs/running/clamd.conf sets it, which is killed (kill -9), stopped (SIGSTOP) and started again meanwhile',
    invariants:
      'no file with the virus is taken, ever; a harmless one is taken or told to be sent again, and taken when the daemon is back; what is larger than the daemon looks at is not called clean; a document is seen through to the end, or refused by its size',
  },
  async ({ runs, random }) => {
    const daemon = await openClamd();
    const take = async ({ virus, file }: Sent): Promise<string> => {
      const taken = await takeUpload(file, FILE_MAX, 'document');
      const said = taken.ok ? 'taken' : taken.refusal.name;
      return `${virus ? 'virus' : 'harmless'} ${said}`;
    };
    const counted: Record<string, Record<string, number>> = {};
    const count = (when: string, said: readonly string[]): void => {
      const one = (counted[when] ??= {});
      for (const words of said) one[words] = (one[words] ?? 0) + 1;
    };
    const back = async (): Promise<number> => {
      const began = performance.now();
      await until('a daemon that answers', async () => (await scannerAnswers()) === true, 60_000);
      return Math.round(performance.now() - began);
    };
    try {
      await daemon.start();
      const startMs = await back();
      const files = countTo(runs).map(() => drawn(random));
      count('running', await each(files, 8, take));
      const killed: string[] = [];
      for (let round = 0; round < 4; round += 1) {
        const batch = countTo(24).map(() => drawn(random));
        const asked = Promise.all(batch.map(take));
        await new Promise((resolve) => setTimeout(resolve, random.below(60)));
        await daemon.signal('SIGKILL');
        killed.push(...(await asked));
        await daemon.start();
        await back();
        count('afterwards', await each(batch, 8, take));
      }
      count('killed', killed);
      await daemon.signal('SIGSTOP');
      const stopped = await scanWithClamd(daemon.socket, drawn(random).file, 1_000);
      await daemon.signal('SIGCONT');
      await back();
      count('afterwards', await each(files.slice(0, 16), 8, take));
      const large = await scanWithClamd(daemon.socket, Buffer.alloc(211 * MB), 30_000);
      // As deep as a document may be; deeper ones are not ours to scan, for they are refused by their size.
      const [deep, deeper] = [deepArchive(190), deepArchive(300)];
      const deepest = await scanWithClamd(daemon.socket, deep, 30_000);
      const judged = [deep, deeper].map((file) => {
        const accepted = acceptDocument(file);
        return accepted.ok ? 'accepted' : accepted.refusal.name;
      });
      const all = Object.values(counted);
      const sum = (words: string): number => all.reduce((total, one) => total + (one[words] ?? 0), 0);
      return {
        figure: {
          startMs,
          ...counted,
          stopped,
          large,
          deep: deepest,
          judged,
          virusTaken: sum('virus taken'),
        },
        check: () => {
          expect(sum('virus taken')).toBe(0);
          expect(sum('harmless file_infected')).toBe(0);
          for (const when of ['running', 'afterwards'])
            expect(Object.keys(counted[when] ?? {}).sort()).toEqual([
              'harmless taken',
              'virus file_infected',
            ]);
          // A daemon that was killed before or after everything shows nothing.
          expect(killed.filter((said) => said.endsWith('file_not_checked')).length).toBeGreaterThan(0);
          expect([stopped.kind, large.kind, deepest.kind]).toEqual(['unknown', 'unknown', 'infected']);
          expect(judged).toEqual(['accepted', 'file_too_large']);
        },
      };
    } finally {
      await daemon.signal('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    }
  },
);

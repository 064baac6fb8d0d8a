import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sha256Hex } from '@/lib/files/hashing';
import { S3Failure } from '@/lib/files/s3-store.gateway';
import { FileDamaged, shelfPath, type FileShelves } from '@/lib/files/store';
import { openFileShelves } from '@/lib/files/store.gateway';
import { startS3Standin, type S3Standin } from '../../support/s3-standin';

const KEYS = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'a/secret+key=',
  region: 'ap-east-1',
  bucket: 'shanlu',
};
const ROAD = new TextEncoder().encode('禾场路硬底化前的照片');

type Harness = {
  shelves: FileShelves;
  /** Changes one byte of a stored file, as a failing disk does. */
  rot: (shelf: 'sealed' | 'public', sha256: string) => Promise<void>;
};

let folder: string;
let standin: S3Standin;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shanlu-files-'));
  standin = await startS3Standin(KEYS);
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await standin.close();
});

const onDisk = (): Harness => ({
  shelves: openFileShelves({ kind: 'disk', folder }),
  rot: async (shelf, sha256) => {
    const path = join(folder, shelfPath(shelf, sha256));
    const bytes = await readFile(path);
    bytes[0] = (bytes[0] ?? 0) ^ 1;
    await rm(path);
    await writeFile(path, bytes);
  },
});

const onS3 = (): Harness => ({
  shelves: openFileShelves({ kind: 's3', endpoint: standin.endpoint, prefix: 'demo/', ...KEYS }),
  rot: (shelf, sha256) => {
    const bytes = Buffer.from(standin.objects.get(`demo/${shelfPath(shelf, sha256)}`) ?? []);
    bytes[0] = (bytes[0] ?? 0) ^ 1;
    standin.objects.set(`demo/${shelfPath(shelf, sha256)}`, bytes);
    return Promise.resolve();
  },
});

const collect = async (stream: AsyncIterable<unknown> | null): Promise<Buffer | null> => {
  if (!stream) return null;
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

describe.each([
  ['on disk', onDisk],
  ['on S3', onS3],
])('the file store %s', (_place, open) => {
  let harness: Harness;
  let shelves: FileShelves;
  beforeEach(() => {
    harness = open();
    shelves = harness.shelves;
  });

  it('keeps bytes under their own hash and gives them back', async () => {
    const stored = await shelves.sealed.put(ROAD);
    expect(stored).toEqual({ sha256: sha256Hex(ROAD), size: ROAD.length });
    expect(await shelves.sealed.has(stored.sha256)).toBe(true);
    expect(await collect(await shelves.sealed.get(stored.sha256))).toEqual(Buffer.from(ROAD));
    expect(Buffer.from((await shelves.sealed.read(stored.sha256)) ?? [])).toEqual(Buffer.from(ROAD));
    expect(await shelves.sealed.verify(stored.sha256)).toBe('intact');
  });

  it('keeps a stream without knowing its length', async () => {
    const pieces = Array.from({ length: 40 }, () => randomBytes(65_537));
    const stored = await shelves.public.put(
      (async function* () {
        for (const piece of pieces) yield await Promise.resolve(piece);
      })(),
    );
    expect(stored).toEqual({ sha256: sha256Hex(Buffer.concat(pieces)), size: 40 * 65_537 });
    expect(await shelves.public.verify(stored.sha256)).toBe('intact');
  });

  it('never shows sealed files on the public shelf', async () => {
    const { sha256 } = await shelves.sealed.put(randomBytes(100));
    expect(await shelves.public.has(sha256)).toBe(false);
    expect(await shelves.public.get(sha256)).toBeNull();
    expect(await shelves.public.verify(sha256)).toBe('missing');
  });

  it('keeps the same file once, however often and at once it comes', async () => {
    const bytes = randomBytes(50_000);
    const stored = await Promise.all(Array.from({ length: 12 }, () => shelves.public.put(bytes)));
    expect(new Set(stored.map(({ sha256 }) => sha256)).size).toBe(1);
    expect(await shelves.public.verify(stored[0]?.sha256 ?? '')).toBe('intact');
  });

  it('keeps an empty file', async () => {
    const { sha256, size } = await shelves.sealed.put(new Uint8Array());
    expect(size).toBe(0);
    expect((await shelves.sealed.read(sha256))?.length).toBe(0);
  });

  it('notices a changed byte and hands out nothing of it', async () => {
    const { sha256 } = await shelves.sealed.put(randomBytes(5000));
    await harness.rot('sealed', sha256);
    expect(await shelves.sealed.verify(sha256)).toBe('damaged');
    await expect(shelves.sealed.read(sha256)).rejects.toBeInstanceOf(FileDamaged);
    await expect(collect(await shelves.sealed.get(sha256))).rejects.toBeInstanceOf(FileDamaged);
  });

  it('takes a file off the shelf, once and again', async () => {
    const { sha256 } = await shelves.public.put(randomBytes(10));
    await shelves.public.remove(sha256);
    await shelves.public.remove(sha256);
    expect(await shelves.public.has(sha256)).toBe(false);
  });

  it('has nothing under names that are no hashes', async () => {
    for (const name of [
      '',
      '..',
      '../../etc/passwd',
      'A'.repeat(64),
      `${'a'.repeat(63)}/`,
      'a'.repeat(63),
      '\0',
    ]) {
      expect(await shelves.public.get(name)).toBeNull();
      expect(await shelves.public.read(name)).toBeNull();
      expect(await shelves.public.has(name)).toBe(false);
      expect(await shelves.public.verify(name)).toBe('missing');
      await shelves.public.remove(name);
    }
  });

  it('leaves nothing behind when the upload breaks off', async () => {
    const broken = (async function* () {
      yield await Promise.resolve(randomBytes(100));
      throw new Error('connection lost');
    })();
    await expect(shelves.sealed.put(broken)).rejects.toThrow('connection lost');
    if (open === onDisk) expect(await readdir(join(folder, 'sealed', 'incoming'))).toEqual([]);
  });
});

describe('the folder', () => {
  it('is not writable file by file, and heals a rotten file without losing it', async () => {
    const { shelves, rot } = onDisk();
    const bytes = randomBytes(1000);
    const { sha256 } = await shelves.sealed.put(bytes);
    const path = join(folder, shelfPath('sealed', sha256));
    expect((await stat(path)).mode & 0o222).toBe(0);
    await rot('sealed', sha256);
    await shelves.sealed.put(bytes);
    expect(await shelves.sealed.verify(sha256)).toBe('intact');
    const beside = await readdir(join(path, '..'));
    expect(beside.filter((name) => name.startsWith(`${sha256}.damaged-`))).toHaveLength(1);
  });

  it('has the documented shape', async () => {
    const { sha256 } = await onDisk().shelves.public.put(ROAD);
    const path = join(folder, 'public', sha256.slice(0, 2), sha256.slice(2, 4), sha256);
    expect(await readFile(path)).toEqual(Buffer.from(ROAD));
  });
});

describe('S3', () => {
  const at = (change: Partial<typeof KEYS>): FileShelves =>
    openFileShelves({ kind: 's3', endpoint: standin.endpoint, ...KEYS, ...change });

  it('does not send a file again that is there', async () => {
    const bytes = randomBytes(300);
    await at({}).public.put(bytes);
    standin.requests.length = 0;
    await at({}).public.put(bytes);
    expect(standin.requests.map(({ method, status }) => `${method} ${status}`)).toEqual([
      'PUT 412',
      'GET 200',
    ]);
  });

  it('refuses wrong keys, and says so instead of "not there"', async () => {
    for (const change of [{ secretAccessKey: 'other' }, { accessKeyId: 'other' }, { region: 'us-east-1' }]) {
      await expect(at(change).public.put(ROAD)).rejects.toBeInstanceOf(S3Failure);
      await expect(at(change).public.get(sha256Hex(ROAD))).rejects.toBeInstanceOf(S3Failure);
      await expect(at(change).public.has(sha256Hex(ROAD))).rejects.toBeInstanceOf(S3Failure);
    }
    await expect(at({ bucket: 'nobody' }).public.put(ROAD)).rejects.toThrow('404');
  });

  it('tries again when the service is overloaded, and gives up by name', async () => {
    const bytes = randomBytes(64);
    standin.failNext = { times: 2, status: 503 };
    expect(await at({}).sealed.put(bytes)).toMatchObject({ size: 64 });
    standin.failNext = { times: 20, status: 503 };
    await expect(at({}).sealed.put(randomBytes(64))).rejects.toThrow('S3 PUT answered 503');
    standin.failNext = { times: 0, status: 503 };
  });

  it('checks the body on the way in', async () => {
    const client = await import('aws4fetch').then(
      ({ AwsClient }) => new AwsClient({ ...KEYS, service: 's3', retries: 0 }),
    );
    const answer = await client.fetch(`${standin.endpoint}/${KEYS.bucket}/x`, {
      method: 'PUT',
      body: 'one byte was lost',
      headers: { 'x-amz-content-sha256': sha256Hex(ROAD) },
    });
    expect(answer.status).toBe(400);
  });
});

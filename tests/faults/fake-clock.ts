import { chmodSync, copyFileSync, existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { markOf } from '@/db/embedded/processes';
import { debianTool } from '../support/debian-tool';

const SHARED = '/dev/shm';

/** A clock that another program is given in place of the machine's, and that jumps while the program runs. */
export class FakeClock {
  private constructor(
    private readonly folder: string,
    private readonly library: string,
  ) {}

  /** In a folder that every user can enter: a server that root started runs as another. */
  static async make(): Promise<FakeClock> {
    const { path } = await debianTool('faketime');
    const libraries = join(path, '..', '..', 'lib');
    const triplet = readdirSync(libraries).find((name) =>
      readdirSync(join(libraries, name)).includes('faketime'),
    );
    if (triplet === undefined) throw new Error(`${path} came without its library.`);
    const folder = mkdtempSync(join(tmpdir(), 'shanlu-clock-'));
    chmodSync(folder, 0o755);
    const library = join(folder, 'libfaketime.so.1');
    copyFileSync(join(libraries, triplet, 'faketime', 'libfaketime.so.1'), library);
    chmodSync(library, 0o755);
    const clock = new FakeClock(folder, library);
    clock.jump(0);
    return clock;
  }

  /** The clock of the calendar only: what measures how long something takes goes on undisturbed. */
  get environment(): Readonly<Record<string, string>> {
    return {
      LD_PRELOAD: this.library,
      FAKETIME_TIMESTAMP_FILE: this.file,
      FAKETIME_NO_CACHE: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
    };
  }

  /** From now on it is so many seconds ahead of the machine's clock, in processes that run as well. */
  jump(seconds: number): void {
    // Renamed into place: a reader sees the old moment or the new one, never half of it.
    writeFileSync(`${this.file}.new`, `${seconds < 0 ? '' : '+'}${seconds}\n`, { mode: 0o644 });
    renameSync(`${this.file}.new`, this.file);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
    // What the library shares between processes stays behind when the first of them, a shell, ends without a word.
    for (const name of existsSync(SHARED) ? readdirSync(SHARED) : []) {
      const pid = /^(?:sem\.)?faketime_(?:sem|shm)_(\d+)$/.exec(name)?.[1];
      if (pid !== undefined && markOf(Number(pid)) === undefined) rmSync(join(SHARED, name), { force: true });
    }
  }

  private get file(): string {
    return join(this.folder, 'at');
  }
}

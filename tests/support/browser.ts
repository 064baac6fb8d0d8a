import { type Browser, chromium, type LaunchOptions } from '@playwright/test';
import { execFileSync, spawnSync } from 'node:child_process';
import { createReadStream, createWriteStream, existsSync, readdirSync } from 'node:fs';
import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { createBrotliDecompress } from 'node:zlib';

import { debianTool } from './debian-tool';

const root = fileURLToPath(new URL('../..', import.meta.url));
const cache = join(root, '.cache');

/** A real Chromium for the tests, on any machine that has only Node and npm. */
export const launchBrowser = async (): Promise<Browser> => chromium.launch(await browserOptions());

/** The path of that Chromium's program. Start it with the environment of `browserOptions()`. */
export const executablePath = async (): Promise<string> => (await findChromium()).path;

/** How Playwright starts it; also for the `launchOptions` of Playwright's own test runner. */
export const browserOptions = async (): Promise<LaunchOptions> => {
  const { path, libraries } = await findChromium();
  const outside = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return {
    executablePath: path,
    // The pages under test are our own; the sandbox needs rights that root and containers lack.
    chromiumSandbox: false,
    args: ['--disable-gpu', '--font-render-hinting=none', '--force-color-profile=srgb'],
    env: {
      ...Object.fromEntries(outside),
      FONTCONFIG_FILE: await fontSettings(),
      ...(libraries === undefined
        ? {}
        : { LD_LIBRARY_PATH: [libraries, process.env['LD_LIBRARY_PATH']].filter(Boolean).join(':') }),
    },
  };
};

type Chromium = { readonly path: string; readonly libraries?: string | undefined };

let found: Promise<Chromium> | undefined;
const findChromium = (): Promise<Chromium> => (found ??= search());

/** The registry's first, because it is the same program everywhere; the system's next; Debian's archive last. */
const search = async (): Promise<Chromium> => {
  if (process.platform === 'linux' && process.arch === 'x64') {
    const packaged = await unpackedFromRegistry();
    if (runs(packaged)) return packaged;
  }
  const installed = [
    ...['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'],
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ];
  for (const path of installed) if (existsSync(path) && runs({ path })) return { path };
  const { path, env } = await debianTool('chromium');
  return { path, libraries: env['LD_LIBRARY_PATH'] };
};

const runs = ({ path, libraries }: Chromium): boolean =>
  spawnSync(path, ['--version', '--no-sandbox'], {
    stdio: 'ignore',
    env: { ...process.env, ...(libraries === undefined ? {} : { LD_LIBRARY_PATH: libraries }) },
  }).status === 0;

/** Unpacks the npm package once per version. The rename comes last: a half-unpacked browser is never started. */
const unpackedFromRegistry = async (): Promise<Chromium> => {
  const packageFolder = join(root, 'node_modules', '@sparticuz', 'chromium');
  const { version } = JSON.parse(await readFile(join(packageFolder, 'package.json'), 'utf8')) as {
    version: string;
  };
  const folder = join(cache, `chromium-${version}`);
  const chromiumAt = (base: string): Chromium => ({
    path: join(base, 'chromium'),
    libraries: join(base, 'lib'),
  });
  if (existsSync(folder)) return chromiumAt(folder);

  const draft = `${folder}.${process.pid}`;
  await mkdir(draft, { recursive: true });
  const unpack = (file: string, to: string) =>
    pipeline(
      createReadStream(join(packageFolder, 'bin', file)),
      createBrotliDecompress(),
      createWriteStream(join(draft, to)),
    );
  // The tar holds the few libraries a server system may lack (nss, nspr, expat).
  await Promise.all([unpack('chromium.br', 'chromium'), unpack('al2023.tar.br', 'libraries.tar')]);
  execFileSync('tar', ['-xf', 'libraries.tar', '--no-same-owner'], { cwd: draft });
  await rm(join(draft, 'libraries.tar'));
  await chmod(join(draft, 'chromium'), 0o755);
  await rename(draft, folder).catch(async (error: unknown) => {
    await rm(draft, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  });
  return chromiumAt(folder);
};

/**
 * A fontconfig file that knows the project's own Chinese font. Without it a bare system draws boxes for every Chinese
 * character; with the same fonts everywhere, line breaks and sizes are the same everywhere too.
 */
const fontSettings = async (): Promise<string> => {
  const folder = join(cache, 'fonts');
  const file = join(folder, 'fonts.conf');
  const chinese = join(root, 'node_modules', '@expo-google-fonts', 'noto-sans-sc');
  const weights = readdirSync(chinese).filter((name) => /^(400|500|700)/.test(name));
  const prefer = (family: string, preferred: string) =>
    `<alias binding="strong"><family>${family}</family><prefer><family>${preferred}</family></prefer></alias>`;
  const text = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
${weights.map((weight) => `<dir>${join(chinese, weight)}</dir>`).join('\n')}
<dir>/usr/share/fonts/truetype/dejavu</dir>
<selectfont>
<rejectfont><glob>/usr/share/fonts/truetype/dejavu/*</glob></rejectfont>
<acceptfont><glob>*/DejaVuSansMono*</glob><glob>*/DejaVuSans.ttf</glob></acceptfont>
</selectfont>
<match target="pattern"><edit name="family" mode="append_last"><string>Noto Sans SC</string></edit></match>
<cachedir>${join(folder, 'cache')}</cachedir>
${['sans-serif', 'serif', 'system-ui', 'Arial', 'Times New Roman'].map((name) => prefer(name, 'Noto Sans SC')).join('\n')}
${['monospace', 'Courier New'].map((name) => prefer(name, 'DejaVu Sans Mono')).join('\n')}
</fontconfig>
`;
  await mkdir(folder, { recursive: true });
  if (!existsSync(file) || (await readFile(file, 'utf8')) !== text) {
    await writeFile(`${file}.${process.pid}`, text);
    await rename(`${file}.${process.pid}`, file);
  }
  return file;
};

import { spawn } from 'node:child_process';

/** Programs that must not outlive us, whatever ends us. @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();
process.on('exit', () => {
  for (const child of running) child.kill('SIGTERM');
});

/**
 * Runs a program to its end and returns what it wrote. It is ended when we are.
 *
 * @param {string} file
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string, onText?: (text: string) => void, timeoutMs?: number }} [options]
 *   `onText` sees the output as it comes; after `timeoutMs` the program is ended
 * @returns {Promise<{ code: number, text: string }>} exit code and the output, both streams in order of arrival
 */
export const runProgram = (file, args, options = {}) =>
  new Promise((done, failed) => {
    const child = spawn(file, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.add(child);
    let text = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (part) => {
        text += part;
        options.onText?.(part);
      });
    }
    const timer =
      options.timeoutMs === undefined
        ? undefined
        : setTimeout(() => child.kill('SIGTERM'), options.timeoutMs);
    child.once('error', failed);
    child.once('close', (code) => {
      clearTimeout(timer);
      running.delete(child);
      done({ code: code ?? 1, text });
    });
  });

/** The last lines of a text that say something. @param {string} text @param {number} count */
export const lastLines = (text, count) =>
  text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(-count)
    .join('\n');

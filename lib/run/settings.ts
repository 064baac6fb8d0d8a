import { readFile, writeFile } from 'node:fs/promises';
import { settingsText } from './settings-text';

await writeFile('docs/settings.md', settingsText(await readFile('.env.example', 'utf8')));
console.log('Wrote docs/settings.md.');

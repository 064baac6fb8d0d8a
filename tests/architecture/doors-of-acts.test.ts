import { readdirSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import ts from 'typescript';
import { beforeAll, describe, expect, test } from 'vitest';
import { ACTS, UPLOAD_PERMISSIONS } from '@/app/[lang]/finance/_desk/acts';
import { allCommands } from '../support/commands';
import { reachedFrom, type Sources } from '../support/reached';

// An act that nobody can do is a promise of the code that the product does not keep. Every command is reached from a page,
// a route or the worker, and every act of the desk is posted by a form.

/** Commands without a door, with the reason; whatever has got one is taken off. */
const WITHOUT_A_DOOR: Readonly<Record<string, string>> = {
  'segment.propose':
    'a clerk brings roads in as a file, of one line for one road (segment.import); the story names them in three languages',
  'story.online_gift': 'tells the gifts of past years when a demo is begun; no real gift comes so',
};

const sources: Sources = new Map(
  ['app', 'lib']
    .flatMap((top) => readdirSync(top, { recursive: true, encoding: 'utf8' }).map((file) => `${top}/${file}`))
    .filter((file) => /\.(?:tsx?|mjs|js)$/u.test(file) && !file.endsWith('.d.ts'))
    .concat('instrumentation.ts', 'proxy.ts')
    .map((file) => [file, readFileSync(file, 'utf8')]),
);

/** The demo's story plays people who use the product: it opens no door to anyone else. */
const isOfTheStory = (file: string): boolean => /^lib\/run\/(?:launch\/)?story[./]/u.test(file);
const isEntry = (file: string): boolean =>
  file.startsWith('app/') || !file.includes('/') || /^lib\/run\/(?:launch\/)?[^/]+$/u.test(file);
const product = (files: Sources): Sources => new Map([...files].filter(([file]) => !isOfTheStory(file)));

type Named = { readonly file: string; readonly exported: string; readonly name: string };
const unreached = (commands: readonly Named[], files: Sources): string[] => {
  const isReached = reachedFrom(product(files), isEntry);
  return commands
    .filter(({ file, exported }) => !isReached(file, exported))
    .map(({ name }) => name)
    .sort();
};

describe('every command has a door', () => {
  let commands: Named[];
  beforeAll(async () => {
    commands = (await allCommands()).map(({ file, exported, command }) => ({
      file: relative(process.cwd(), file),
      exported,
      name: command.name,
    }));
  });

  test('a page, a route, the worker or a tool of the product comes to it, or the list says why none does', () => {
    expect(commands.length).toBeGreaterThan(150);
    expect(unreached(commands, sources)).toEqual(Object.keys(WITHOUT_A_DOOR).sort());
  });

  test('one that is only exported, or only used by another without a door, is found', () => {
    const file = 'lib/planted/planted.commands.ts';
    const planted = (text: string): Sources =>
      new Map([
        ...sources,
        [file, `import { defineCommand } from '../context';\n${text}`],
        ['lib/planted/planted.rules.ts', "export const unrelated = { plantedAct: 'planted.act' };"],
      ]);
    const act = { file, exported: 'plantedAct', name: 'planted.act' };
    const used = { file, exported: 'usedAct', name: 'used.act' };
    const text = [
      "export const plantedAct = defineCommand({ name: 'planted.act' });",
      "export const usedAct = defineCommand({ name: 'used.act' });",
      'export const other = () => runCommand(usedAct);',
    ].join('\n');
    expect(unreached([act, used], planted(text))).toEqual(['planted.act', 'used.act']);
    const withDoor = new Map([
      ...planted(text),
      ['app/planted/actions.ts', "import * as all from '@/lib/planted/planted.commands';\nall.plantedAct;"],
    ]);
    expect(unreached([act], withDoor)).toEqual([]);
  });
});

const read = new Map<string, ReturnType<typeof readTexts>>();
const textsIn = (file: string, text: string): ReturnType<typeof readTexts> => {
  const key = `${file}\n${text}`;
  const known = read.get(key) ?? readTexts(file, text);
  read.set(key, known);
  return known;
};

/** The texts of a file that can be the name of an act: no words of a page (`t('act.done')`), nothing that is compared. */
const readTexts = (file: string, text: string) => {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const speakers = new Set<string>();
  const literals = new Set<string>();
  const templates: RegExp[] = [];
  const visit = (node: ts.Node): void => {
    if (
      ts.isVariableDeclaration(node) &&
      node.initializer !== undefined &&
      ts.isCallExpression(node.initializer) &&
      node.initializer.expression.getText(source) === 'words'
    )
      speakers.add(node.name.getText(source));
    if (
      ts.isCallExpression(node) &&
      (speakers.has(node.expression.getText(source)) ||
        (ts.isCallExpression(node.expression) && node.expression.expression.getText(source) === 'words'))
    )
      return;
    if (ts.isBinaryExpression(node) && /^[!=]==?$/u.test(node.operatorToken.getText(source))) return;
    if (ts.isTypeNode(node) || ts.isImportDeclaration(node)) return;
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) literals.add(node.text);
    if (ts.isTemplateExpression(node)) {
      const escaped = [node.head.text, ...node.templateSpans.map((span) => span.literal.text)].map((part) =>
        part.replace(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`),
      );
      templates.push(new RegExp(`^${escaped.join('([a-z_-]+)')}$`, 'u'));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return { literals, templates };
};

/** Acts that no form below app/ posts: not by their name, nor by a template whose gaps are texts of the same file. */
const unposted = (names: readonly string[], files: Sources): string[] => {
  const forms = [...files]
    .filter(
      ([file]) =>
        /^app\/.*\.tsx?$/u.test(file) && !/\/_desk\/(?:[a-z]+-)?acts?\.ts$|\/_desk\/action\.ts$/u.test(file),
    )
    .map(([file, text]) => textsIn(file, text));
  const isPosted = (name: string): boolean =>
    forms.some(
      ({ literals, templates }) =>
        literals.has(name) ||
        templates.some((template) => {
          const gaps = template.exec(name)?.slice(1);
          return gaps !== undefined && gaps.every((gap) => literals.has(gap));
        }),
    );
  return names.filter((name) => !isPosted(name)).sort();
};

describe('every act of the desk is posted by a form', () => {
  const names = [...Object.keys(ACTS), ...Object.keys(UPLOAD_PERMISSIONS)];

  test('below app/, by its name', () => {
    expect(names.length).toBeGreaterThan(75);
    expect(unposted(names, sources)).toEqual([]);
  });

  test('one that stands in the tables only is found', () => {
    expect(unposted(['donor.dismiss'], sources)).toEqual(['donor.dismiss']);
    // Neither words of a page nor a template that is filled with something else are a form.
    const page = (text: string): Sources => new Map([['app/[lang]/finance/planted/page.tsx', text]]);
    const spoken = "const t = words(lang, 'desk');\nconst said = done === 'gift.lose' && t('gift.lose');";
    expect(unposted(['gift.lose'], page(spoken))).toEqual(['gift.lose']);
    const filled = 'const act = `${kind}.lose`;';
    expect(unposted(['gift.lose'], page(filled))).toEqual(['gift.lose']);
    expect(unposted(['gift.lose'], page(`const kind = 'gift';\n${filled}`))).toEqual([]);
  });
});

import { posix } from 'node:path';
import ts from 'typescript';

/** Source files of the product: path from the root of the repository, and what stands in it. */
export type Sources = ReadonlyMap<string, string>;

type Target = { readonly file: string; readonly name: string };
type Module = {
  readonly declared: Map<string, ts.Node>;
  readonly imports: Map<string, Target>;
  readonly exports: Map<string, Target>;
  readonly stars: string[];
  /** What runs as soon as the file is loaded. */
  readonly loose: ts.Node[];
  readonly loads: string[];
};

const WHOLE = '*';

/** The file an import means; null for a package. */
const fileOf = (sources: Sources, from: string, specifier: string): string | null => {
  if (!specifier.startsWith('.') && !specifier.startsWith('@/')) return null;
  const path = specifier.startsWith('@/') ? specifier.slice(2) : posix.join(posix.dirname(from), specifier);
  return (
    [path, `${path}.ts`, `${path}.tsx`, `${path}/index.ts`, `${path}/index.tsx`].find((one) =>
      sources.has(one),
    ) ?? null
  );
};

const namesOf = (name: ts.BindingName): string[] =>
  ts.isIdentifier(name)
    ? [name.text]
    : name.elements.flatMap((element) => (ts.isBindingElement(element) ? namesOf(element.name) : []));

const parsed = new Map<string, ts.SourceFile>();
/** Reading takes longest: a file is read once, also when the product is walked again with something planted in it. */
const sourceOf = (path: string, text: string): ts.SourceFile => {
  const key = `${path}\n${text}`;
  const known = parsed.get(key) ?? ts.createSourceFile(path, text, ts.ScriptTarget.Latest, false);
  parsed.set(key, known);
  return known;
};

const readModule = (sources: Sources, path: string): Module => {
  const module: Module = {
    declared: new Map(),
    imports: new Map(),
    exports: new Map(),
    stars: [],
    loose: [],
    loads: [],
  };
  const source = sourceOf(path, sources.get(path) ?? '');
  const target = (specifier: ts.Expression | undefined): string | null =>
    specifier !== undefined && ts.isStringLiteral(specifier) ? fileOf(sources, path, specifier.text) : null;
  for (const statement of source.statements) {
    if (ts.isImportDeclaration(statement)) {
      const file = target(statement.moduleSpecifier);
      const clause = statement.importClause;
      if (file === null || clause?.isTypeOnly === true) continue;
      module.loads.push(file);
      if (clause?.name) module.imports.set(clause.name.text, { file, name: 'default' });
      const bindings = clause?.namedBindings;
      if (bindings && ts.isNamespaceImport(bindings))
        module.imports.set(bindings.name.text, { file, name: WHOLE });
      if (bindings && ts.isNamedImports(bindings))
        for (const one of bindings.elements)
          if (!one.isTypeOnly)
            module.imports.set(one.name.text, { file, name: (one.propertyName ?? one.name).text });
    } else if (ts.isExportDeclaration(statement)) {
      const file = target(statement.moduleSpecifier);
      if (statement.isTypeOnly || (statement.moduleSpecifier !== undefined && file === null)) continue;
      if (file !== null) module.loads.push(file);
      if (statement.exportClause === undefined && file !== null) module.stars.push(file);
      else if (statement.exportClause !== undefined && ts.isNamedExports(statement.exportClause))
        for (const one of statement.exportClause.elements) {
          const name = (one.propertyName ?? one.name).text;
          // Without a file it is one of its own, or one it imported.
          module.exports.set(
            one.name.text,
            file === null ? (module.imports.get(name) ?? { file: path, name }) : { file, name },
          );
        }
    } else if (ts.isVariableStatement(statement)) {
      for (const one of statement.declarationList.declarations)
        for (const name of namesOf(one.name)) module.declared.set(name, one);
    } else if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) {
      const isDefault = statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword);
      if (statement.name) module.declared.set(statement.name.text, statement);
      if (isDefault === true) module.declared.set('default', statement);
    } else if (ts.isExportAssignment(statement)) module.declared.set('default', statement.expression);
    else module.loose.push(statement);
  }
  return module;
};

/**
 * Which declarations of the product a run can come to, starting from everything in the files `isEntry` names. It follows
 * names, not calls: what is written down in a reached place counts as reached, what is only exported does not.
 */
export const reachedFrom = (
  sources: Sources,
  isEntry: (file: string) => boolean,
): ((file: string, name: string) => boolean) => {
  const modules = new Map<string, Module>();
  const moduleOf = (file: string): Module => {
    const known = modules.get(file) ?? readModule(sources, file);
    modules.set(file, known);
    return known;
  };
  const reached = new Set<string>();
  const loaded = new Set<string>();

  const load = (file: string): void => {
    if (loaded.has(file)) return;
    loaded.add(file);
    const module = moduleOf(file);
    for (const node of module.loose) visit(node, file);
    for (const other of module.loads) load(other);
  };
  const reach = (file: string, name: string): void => {
    load(file);
    if (reached.has(`${file}#${name}`)) return;
    reached.add(`${file}#${name}`);
    const module = moduleOf(file);
    if (name === WHOLE) {
      for (const one of [...module.declared.keys(), ...module.exports.keys()]) reach(file, one);
      for (const other of module.stars) reach(other, WHOLE);
      return;
    }
    const node = module.declared.get(name);
    if (node) return visit(node, file);
    const through = module.exports.get(name) ?? module.imports.get(name);
    if (through) return reach(through.file, through.name);
    for (const other of module.stars) reach(other, name);
  };
  const visit = (node: ts.Node, file: string): void => {
    if (ts.isIdentifier(node)) {
      const { declared, imports } = moduleOf(file);
      if (declared.has(node.text) || imports.has(node.text)) reach(file, node.text);
      return;
    }
    if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return;
    if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return;
    if (ts.isPropertyAccessExpression(node)) {
      const whole = ts.isIdentifier(node.expression) && moduleOf(file).imports.get(node.expression.text);
      if (whole && whole.name === WHOLE) return reach(whole.file, node.name.text);
      return visit(node.expression, file);
    }
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [specifier] = node.arguments;
      const other = specifier && ts.isStringLiteral(specifier) ? fileOf(sources, file, specifier.text) : null;
      if (other !== null) reach(other, WHOLE);
    }
    const isOnlyAName = (child: ts.Node): boolean =>
      ts.isIdentifier(child) &&
      ((ts.isPropertyAssignment(node) && child === node.name) ||
        (ts.isMethodDeclaration(node) && child === node.name) ||
        (ts.isBindingElement(node) && child === node.propertyName) ||
        (ts.isJsxAttribute(node) && child === node.name));
    ts.forEachChild(node, (child) => {
      if (!isOnlyAName(child)) visit(child, file);
    });
  };

  for (const file of sources.keys()) if (isEntry(file)) reach(file, WHOLE);
  return (file, name) => reached.has(`${file}#${name}`);
};

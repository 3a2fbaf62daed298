import { parseSync } from 'oxc-parser'

export interface Import {
  /** What is imported, as written; undefined where it is computed and cannot be read. */
  readonly specifier: string | undefined
  readonly line: number
  /** Whether it names types only, and nothing of it is left when the code runs. */
  readonly erased: boolean
}

interface Node {
  readonly type: string
  readonly start: number
  readonly [field: string]: unknown
}

/**
 * Every way in which a source file names another module: import and export declarations, `import x = require()`,
 * `import()`, `import('x').T` in types, `declare module`, `require()` and its kin under whatever name `createRequire`
 * gave it, `import.meta.resolve()`, vitest's `vi.mock()`, and `/// <reference>`.
 * Throws when the file cannot be parsed: what was not read was not checked.
 */
export function importsOf(path: string, source: string): Import[] {
  const { program, comments, errors } = parseSync(path, source)
  const [error] = errors
  if (error) throw new Error(`${path} cannot be parsed: ${error.message}`)
  const found: Import[] = []
  const add = (at: number, specifier: string | undefined, erased: boolean) =>
    found.push({ specifier, line: source.slice(0, at).split('\n').length, erased })
  const nodes = [...walk(program)]
  const requires = requireNames(nodes)
  for (const node of nodes) {
    const named = moduleNamedBy(node, requires)
    if (named) add(node.start, literal(named), isErased(node))
  }
  for (const { value, start } of comments) {
    const reference = /^\/\s*<reference\s+(?:path|types)\s*=\s*["']([^"']+)["']/.exec(value)
    if (reference) add(start, reference[1], true)
  }
  return found
}

/** `import type` and its like; `import { type X }` is not among them, since it still loads the module. */
function isErased({ type, importKind, exportKind }: Node): boolean {
  if (type === 'TSImportType' || type === 'TSModuleDeclaration') return true
  return importKind === 'type' || exportKind === 'type'
}

/** The expression that names a module, where the node is one of the forms. */
function moduleNamedBy(node: Node, requires: Requires): Node | undefined {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
    case 'ExportNamedDeclaration':
    case 'ImportExpression':
    case 'TSImportType':
      return asNode(node.source)
    case 'TSExternalModuleReference':
      return asNode(node.expression)
    case 'TSModuleDeclaration':
      return asNode(node.id)?.type === 'Literal' ? asNode(node.id) : undefined
    case 'CallExpression':
      return loads(asNode(node.callee), requires) ? firstArgument(node) : undefined
    default:
      return undefined
  }
}

/** Whether calling it takes a module's name: `require`, `require.resolve`, `import.meta.resolve`, `vi.mock`. */
function loads(callee: Node | undefined, requires: Requires): boolean {
  if (!callee) return false
  if (isRequire(callee, requires)) return true
  if (callee.type !== 'MemberExpression') return false
  const object = asNode(callee.object)
  const property = nameOf(asNode(callee.property))
  if (!object || property === undefined) return false
  if (object.type === 'MetaProperty' || isRequire(object, requires)) return property === 'resolve'
  const isVitest = object.type === 'Identifier' && (object.name === 'vi' || object.name === 'vitest')
  return isVitest && ['mock', 'doMock', 'importActual', 'importMock'].includes(property)
}

function isRequire(node: Node, requires: Requires): boolean {
  return (node.type === 'Identifier' && requires.names.has(String(node.name))) || makesRequire(node, requires)
}

function makesRequire(node: Node | undefined, { makers }: Requires): boolean {
  if (node?.type !== 'CallExpression') return false
  const callee = asNode(node.callee)
  const name = nameOf(callee) ?? nameOf(asNode(callee?.property))
  return name !== undefined && makers.has(name)
}

/** Who loads a module by its name. */
interface Requires {
  /** `require`, and every variable that holds what a maker made. */
  readonly names: Set<string>
  /** `createRequire`, and the names under which it was imported. */
  readonly makers: Set<string>
}

function requireNames(nodes: readonly Node[]): Requires {
  const requires = { names: new Set(['require']), makers: new Set(['createRequire']) }
  for (const node of nodes) {
    const local = nameOf(asNode(node.local))
    const isMaker = node.type === 'ImportSpecifier' && nameOf(asNode(node.imported)) === 'createRequire'
    if (isMaker && local !== undefined) requires.makers.add(local)
  }
  for (const node of nodes) {
    const name = nameOf(asNode(node.id))
    if (node.type !== 'VariableDeclarator' || name === undefined) continue
    if (makesRequire(asNode(node.init), requires)) requires.names.add(name)
  }
  return requires
}

/** What an identifier or a quoted name says. */
function nameOf(node: Node | undefined): string | undefined {
  const name = node?.type === 'Literal' ? node.value : node?.name
  return typeof name === 'string' ? name : undefined
}

function firstArgument(call: Node): Node {
  const first = Array.isArray(call.arguments) ? asNode(call.arguments[0]) : undefined
  return first ?? call
}

/** The text of a literal, or of a template without expressions. */
function literal(node: Node): string | undefined {
  if (node.type === 'Literal' && typeof node.value === 'string') return node.value
  if (node.type !== 'TemplateLiteral' || !Array.isArray(node.quasis) || node.quasis.length !== 1)
    return undefined
  const cooked: unknown = Reflect.get(Object(asNode(node.quasis[0])?.value), 'cooked')
  return typeof cooked === 'string' ? cooked : undefined
}

function* walk(value: unknown): Generator<Node> {
  if (Array.isArray(value)) {
    for (const item of value) yield* walk(item)
    return
  }
  const node = asNode(value)
  if (node) yield node
  if (typeof value !== 'object' || value === null) return
  for (const child of Object.values(value)) yield* walk(child)
}

function asNode(value: unknown): Node | undefined {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value
    ? (value as Node)
    : undefined
}

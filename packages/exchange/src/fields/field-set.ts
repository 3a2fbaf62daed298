import type { GrantedOperation } from '../grant/grant.ts'

/** One place in an answer: what is granted there and below. */
export interface FieldNode {
  /** Everything at and below this place is granted. */
  readonly whole: boolean
  /** Only a plain value is granted here. */
  readonly plain: boolean
  /** Which of the set's paths ends here; -1 where none does. */
  readonly path: number
  readonly children: ReadonlyMap<string, FieldNode>
}

/** Granted fields, compiled for filtering. */
export interface FieldSet {
  readonly paths: readonly string[]
  readonly root: FieldNode
}

interface GrowingNode extends FieldNode {
  whole: boolean
  path: number
  children: Map<string, GrowingNode>
}

/**
 * Whether this is a path that a grant can name: `*`, or dotted names (`persons.name.given`) without empty parts and
 * without `*`.
 */
export function isFieldPath(path: string): boolean {
  return path === '*' || path.split('.').every((name) => name !== '' && name !== '*')
}

/**
 * Compiles dotted paths; arrays on the way are transparent, and a path grants all below it. `*` grants everything.
 * Throws RangeError for a path that is none.
 */
export function compileFields(paths: readonly string[]): FieldSet {
  const root = newNode()
  for (const [index, path] of paths.entries()) {
    if (!isFieldPath(path)) throw new RangeError('not a field path')
    let node = root
    if (path !== '*') for (const name of path.split('.')) node = childOf(node, name)
    node.whole = true
    node.path = index
  }
  return { paths: [...paths], root }
}

const ofOperations = new WeakMap<GrantedOperation, FieldSet>()

/** The fields that a grant allows of an operation, compiled once for as long as the grant is held. */
export function grantedFields(operation: GrantedOperation): FieldSet {
  let set = ofOperations.get(operation)
  if (!set) {
    set = compileFields(operation.fields)
    ofOperations.set(operation, set)
  }
  return set
}

const errorMembers = ['type', 'title', 'status'] as const
const ofErrors = new WeakMap<FieldSet, FieldSet>()

/** The set for answers with a status from 400 on: `type`, `title` and `status` as plain values, and what is granted. */
export function errorFields(granted: FieldSet): FieldSet {
  let set = ofErrors.get(granted)
  if (!set) {
    const children = new Map(granted.root.children)
    for (const name of errorMembers) {
      const child = children.get(name)
      if (!child?.whole) children.set(name, { ...newNode(), ...child, plain: true })
    }
    set = { paths: granted.paths, root: { ...granted.root, children } }
    ofErrors.set(granted, set)
  }
  return set
}

function newNode(): GrowingNode {
  return { whole: false, plain: false, path: -1, children: new Map() }
}

function childOf(node: GrowingNode, name: string): GrowingNode {
  let child = node.children.get(name)
  if (!child) {
    child = newNode()
    node.children.set(name, child)
  }
  return child
}

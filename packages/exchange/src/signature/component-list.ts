import { mustBeCovered, type SignedMessage } from './message.ts'

/** The covered components of a signature, taken apart once for each list that occurs. */
export interface ComponentList {
  /** Which kind of message has exactly these derived components. */
  readonly kind: SignedMessage['kind']
  /** For each component: what the signature base writes before its value, `"@method": `. */
  readonly prefixes: readonly string[]
  /** For each component: which derived one it is, or the header's place among the headers. */
  readonly sources: readonly (Derived | number)[]
  /** Covered headers in order. */
  readonly names: readonly string[]
  readonly covered: ReadonlySet<string>
}

export type Derived =
  | '@method'
  | '@authority'
  | '@path'
  | '@query'
  | '@status'
  | 'signature'
  | 'signature-input'

const derivedComponents = new Map<string, Derived>([
  ['"@method"', '@method'],
  ['"@authority"', '@authority'],
  ['"@path"', '@path'],
  ['"@query"', '@query'],
  ['"@status"', '@status'],
  ['"signature";req;key="sapan"', 'signature'],
  ['"signature-input";req;key="sapan"', 'signature-input'],
])
const beforeRequestHeaders = '"@method" "@authority" "@path" "@query"'
const beforeAnswerHeaders = '"@status"'
const afterAnswerHeaders = '"signature";req;key="sapan" "signature-input";req;key="sapan"'
const derivedOf: Readonly<Record<SignedMessage['kind'], string>> = {
  request: '@authority @method @path @query',
  answer: '@status signature signature-input',
}
const header = /^"[a-z0-9._-]{1,64}"$/

/** Few lists occur, so that reading one is a look-up; a peer that sends ever new ones only empties the cache. */
const known = new Map<string, ComponentList | null>()
const mostKnown = 512

/** The list in the order in which we sign: derived components, headers by name, the bound request. */
export function formatComponents(kind: SignedMessage['kind'], fields: SignedMessage['fields']): string {
  let list = kind === 'request' ? beforeRequestHeaders : beforeAnswerHeaders
  for (const field of fields) list += ` "${field[0]}"`
  return kind === 'request' ? list : `${list} ${afterAnswerHeaders}`
}

/**
 * Reads what stands between the parentheses of Signature-Input. Null where it is not in canonical form, has a
 * component twice, or does not have exactly the derived components of a request or of an answer.
 */
export function readComponents(text: string): ComponentList | null {
  const found = known.get(text)
  if (found !== undefined) return found
  if (known.size >= mostKnown) known.clear()
  const list = takenApart(text.split(' '))
  known.set(text, list)
  return list
}

/** The first of these headers that must be covered and is not. */
export function uncovered(names: Iterable<string>, list: ComponentList): string | undefined {
  for (const name of names) if (!list.covered.has(name) && mustBeCovered(name)) return name
  return undefined
}

function takenApart(components: readonly string[]): ComponentList | null {
  if (new Set(components).size !== components.length) return null
  const names: string[] = []
  const sources: (Derived | number)[] = []
  for (const component of components) {
    const derived = derivedComponents.get(component)
    if (derived === undefined && !header.test(component)) return null
    sources.push(derived ?? names.push(component.slice(1, -1)) - 1)
  }
  const derived = sources
    .filter((source) => typeof source === 'string')
    .sort()
    .join(' ')
  const kind = derived === derivedOf.request ? 'request' : derived === derivedOf.answer ? 'answer' : null
  if (kind === null) return null
  const prefixes = components.map((component) => `${component}: `)
  return { kind, prefixes, sources, names, covered: new Set(names) }
}

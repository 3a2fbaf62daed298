/** As much of V8's `.cpuprofile` as is read here; times in microseconds of the machine's monotonic clock. */
export interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number
    readonly callFrame: { readonly functionName: string; readonly url: string }
    readonly children?: readonly number[]
  }[]
  readonly startTime: number
  readonly samples: readonly number[]
  readonly timeDeltas: readonly number[]
}

/** What a piece of work is called, by function and file of the innermost frame that tells. */
type Kind = readonly [name: string, is: (functionName: string, file: string) => boolean]

const within = (pattern: RegExp) => (_: string, file: string) => pattern.test(file)

/** In this order for each frame, from the innermost outwards. */
const kinds: readonly Kind[] = [
  ['collecting garbage', (name) => name === '(garbage collector)'],
  [
    'the log behind it',
    within(/exchange\/src\/evidence\/(sequencer|log-keeper|checkpointing|witness|stamping)/),
  ],
  [
    'handing evidence to the database',
    (name, file) =>
      /kernel\/src\/database\/(copy-in|binary-copy|group-commit)|evidence\/store\/records/.test(file) ||
      (file.endsWith('evidence/recorder.ts') && /^(#copy|#write|store)$/.test(name)),
  ],
  [
    'sealing evidence',
    (name, file) =>
      /trust\/src\/seal\/|evidence\/(content|leaf|circumstances)/.test(file) ||
      (file.endsWith('evidence/recorder.ts') && name === '#seal'),
  ],
  ['checking signatures', within(/signature\/(verify|parse)\.ts|steps\/verify-(signature|answer)\.ts/)],
  ['signing', within(/signature\/(sign|turn-signer)\.ts|steps\/sign\.ts/)],
  ['keeping granted fields', within(/exchange\/src\/fields\/|keep-granted-fields|present-fields/)],
  ['speaking with the other gateway', within(/gateway\/link\/|transport\/peer-connections/)],
  ['asking the provider’s system', within(/undici|transport\/(provider-connections|answer)\.ts/)],
  [
    'speaking with the caller',
    within(/node:_http|gateway\/edge\/|transport\/(finish|read-body|client-error)\.ts/),
  ],
  ['the other steps', within(/exchange\/src\/(gateway|grant|directory|service|xroad)/)],
]
const rest = 'the rest'

/** Microseconds by kind of work between two moments; what is idle is left out. */
export function workIn(profile: CpuProfile, from: number, until: number): ReadonlyMap<string, number> {
  const kindOf = kindsOf(profile)
  const work = new Map<string, number>()
  let at = profile.startTime
  for (const [n, node] of profile.samples.entries()) {
    const delta = profile.timeDeltas[n] ?? 0
    at += delta
    const kind = kindOf.get(node) ?? rest
    if (at < from || at >= until || kind === idle) continue
    work.set(kind, (work.get(kind) ?? 0) + delta)
  }
  return work
}

const idle = '(idle)'

function kindsOf({ nodes }: CpuProfile): ReadonlyMap<number, string> {
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])))
  const own = new Map(nodes.map(({ id, callFrame }) => [id, ownKind(callFrame)]))
  const found = new Map<number, string>()
  for (const { id } of nodes) {
    let at: number | undefined = id
    while (at !== undefined && own.get(at) === undefined) at = parents.get(at)
    found.set(id, (at === undefined ? undefined : own.get(at)) ?? rest)
  }
  return found
}

function ownKind({ functionName, url }: CpuProfile['nodes'][number]['callFrame']): string | undefined {
  if (functionName === idle) return idle
  return kinds.find(([, is]) => is(functionName, url))?.[0]
}

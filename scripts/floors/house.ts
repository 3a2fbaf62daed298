import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** One workspace as it lies on disk. */
export interface Room {
  /** Relative to the root of the house: `packages/kernel`. */
  readonly folder: string
  readonly name: string
  readonly dependencies: ReadonlySet<string>
  /** What its tests may use beside. */
  readonly devDependencies: ReadonlySet<string>
  /** Source files, relative to the root of the house. */
  readonly files: readonly string[]
  /** Its contracts, as others name them: the package's name, and what `exports` has beside it. */
  readonly contracts: ReadonlySet<string>
}

export interface House {
  readonly root: string
  readonly rooms: readonly Room[]
  /** Tools that every test may use: the root's own devDependencies. */
  readonly tools: ReadonlySet<string>
}

const WINGS = ['packages', 'apps', 'countries']
const SINGLE = ['sandbox', 'bench', 'conformance']
const SOURCE = /\.[cm]?[jt]sx?$/

/** Reads the workspaces below a root. */
export function readHouse(root: string): House {
  const folders = [...WINGS.flatMap((wing) => below(root, wing)), ...SINGLE]
  const rooms = folders
    .filter((folder) => existsSync(join(root, folder, 'package.json')))
    .map((f) => readRoom(root, f))
  const manifest = join(root, 'package.json')
  const tools = existsSync(manifest) ? names(readManifest(manifest), 'devDependencies') : new Set<string>()
  return { root, rooms, tools }
}

function below(root: string, wing: string): string[] {
  if (!existsSync(join(root, wing))) return []
  return readdirSync(join(root, wing)).map((name) => `${wing}/${name}`)
}

function readRoom(root: string, folder: string): Room {
  const manifest = readManifest(join(root, folder, 'package.json'))
  return {
    folder,
    name: String(manifest.name),
    dependencies: names(manifest, 'dependencies', 'optionalDependencies', 'peerDependencies'),
    devDependencies: names(manifest, 'devDependencies'),
    files: sources(root, folder),
    contracts: contracts(manifest),
  }
}

/** `.` is the package itself. */
function contracts({ name, exports }: Record<string, unknown>): Set<string> {
  return new Set(['.', ...Object.keys(Object(exports))].map((path) => String(name) + path.slice(1)))
}

function sources(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : sources(root, path)
    return SOURCE.test(entry.name) ? [path] : []
  })
}

function readManifest(path: string): Record<string, unknown> {
  return JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>
}

function names(manifest: Record<string, unknown>, ...kinds: string[]): Set<string> {
  return new Set(kinds.flatMap((kind) => Object.keys(Object(manifest[kind]))))
}

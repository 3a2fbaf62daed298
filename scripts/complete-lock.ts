import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/**
 * Adds to package-lock.json the optional packages for other machines that the registry in use does not have: npm
 * leaves them out, and then `npm ci` refuses the lock file everywhere. They have no integrity, since nobody here has seen them;
 * npm skips those that are not for the machine at hand.
 */
interface Entry {
  readonly version?: string
  readonly dev?: boolean
  readonly optionalDependencies?: Readonly<Record<string, string>>
}
interface Lock {
  packages: Record<string, Entry>
}

const EXACT = /^\d+\.\d+\.\d+(?:-[\w.]+)?$/
const SYSTEMS = [
  'aix',
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
]
const PROCESSORS = [
  'arm64',
  'arm',
  'ia32',
  'loong64',
  'mips64el',
  'ppc64',
  'riscv64',
  's390x',
  'wasm32',
  'x64',
]

/** `name@version` of every optional package that some entry names and the lock does not have. */
export function missingFrom({ packages }: Lock): string[] {
  return Object.values(missing(packages)).map(({ name, version }) => `${name}@${version}`)
}

function missing(packages: Lock['packages']) {
  const found: Record<string, { name: string; version: string; dev: boolean }> = {}
  for (const [path, { optionalDependencies = {}, dev = false }] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      const places = [`${path}/node_modules/${name}`, `node_modules/${name}`]
      if (!places.some((place) => place in packages)) found[`node_modules/${name}`] = { name, version, dev }
    }
  }
  return found
}

/** What a package is for, told from its name: `@oxc-parser/binding-linux-arm64-musl`. */
function machine(name: string): object {
  const parts = name.split('/').at(-1)?.split('-') ?? []
  const os = SYSTEMS.filter((system) => parts.includes(system))
  const cpu = PROCESSORS.filter((processor) => parts.includes(processor))
  if (cpu.length === 0) throw new Error(`${name} does not say for which machine it is`)
  const libc = parts.some((part) => part.startsWith('musl')) ? { libc: ['musl'] } : {}
  return { cpu, ...(os.length > 0 ? { os } : {}), ...libc }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = fileURLToPath(new URL('../package-lock.json', import.meta.url))
  const lock = JSON.parse(readFileSync(file, 'utf8')) as Lock
  for (const [path, { name, version, dev }] of Object.entries(missing(lock.packages))) {
    if (!EXACT.test(version)) throw new Error(`${name}@${version} is not one version`)
    lock.packages[path] = { version, ...(dev ? { dev } : {}), optional: true, ...machine(name) } as Entry
    console.log(`${name}@${version}`)
  }
  const order = Object.keys(lock.packages).sort((a, b) => a.localeCompare(b, 'en'))
  lock.packages = Object.fromEntries(order.map((path) => [path, lock.packages[path] ?? {}]))
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
}

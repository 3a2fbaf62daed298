import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { checkTexts } from './texts/check.ts'

/**
 * Makes the release: the folder that runs in production, with the sources as they are and nothing of the
 * demonstration (made-up people, their stand-in agencies, `sapan up`). `npm ci --omit=dev` there brings its libraries.
 * Nothing is made where a text lacks a language.
 *
 *     npm run build [FOLDER]
 */
const root = fileURLToPath(new URL('..', import.meta.url))

/** Workspaces that only a checkout has. */
const left = new Set(['sandbox', 'bench', 'conformance'])
const apart = new Set(['test', 'node_modules', 'scripts', 'fixtures'])
const demonstration = join('apps', 'sapan', 'src', 'up')

interface Manifest {
  readonly name: string
  readonly workspaces?: readonly string[]
  readonly scripts?: Readonly<Record<string, string>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly [field: string]: unknown
}

/** Throws where a text of the sources below `from` lacks a language. */
export function refuseIncompleteTexts(from: string): void {
  const { faults } = checkTexts(from)
  if (faults.length === 0) return
  throw new Error(faults.map(({ place, text }) => `${place}: ${text}`).join('\n'))
}

export function buildRelease(to: string): void {
  rmSync(to, { recursive: true, force: true })
  mkdirSync(to, { recursive: true })
  for (const folder of ['packages', 'apps', 'countries']) copy(folder, to)
  for (const folder of [join('docs', 'problems')]) copy(folder, to)
  for (const file of ['LICENSE', 'NOTICE', 'README.md', 'SECURITY.md'])
    cpSync(join(root, file), join(to, file))
  const source = join(to, 'apps', 'sapan', 'src')
  cpSync(join(source, 'no-demonstration.ts'), join(source, 'demonstration.ts'))
  writeManifests(to)
}

function copy(folder: string, to: string): void {
  cpSync(join(root, folder), join(to, folder), {
    recursive: true,
    filter: (path) => {
      const parts = relative(root, path).split(sep)
      return !parts.some((part) => apart.has(part)) && !relative(root, path).startsWith(demonstration)
    },
  })
}

function writeManifests(to: string): void {
  const manifest = read(join(root, 'package.json'))
  const { devDependencies: _tools, workspaces, scripts: _scripts, ...kept } = manifest
  const release = {
    ...kept,
    name: 'sapan-release',
    workspaces: workspaces?.filter((name) => !left.has(name)),
    scripts: { start: 'sapan --help' },
  }
  write(join(to, 'package.json'), release)
  for (const folder of ['packages', 'apps', 'countries']) {
    for (const name of readdirSync(join(to, folder))) {
      const file = join(to, folder, name, 'package.json')
      const { devDependencies: _dev, dependencies = {}, ...rest } = read(file)
      const { '@sapan/sandbox': _sandbox, ...needed } = dependencies
      write(file, { ...rest, dependencies: needed })
    }
  }
  // The same versions as here, without those that only the checkout needs.
  cpSync(join(root, 'package-lock.json'), join(to, 'package-lock.json'))
}

function read(file: string): Manifest {
  return JSON.parse(readFileSync(file, 'utf8')) as Manifest
}

function write(file: string, value: unknown): void {
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`)
}

/** Takes out of the lock what the release has no use for; asks no registry. */
export function pruneLock(to: string): void {
  const asked = ['install', '--package-lock-only', '--offline', '--ignore-scripts', '--no-audit', '--no-fund']
  execFileSync('npm', asked, { cwd: to, stdio: ['ignore', 'ignore', 'inherit'] })
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const to = resolve(process.argv[2] ?? join(root, 'dist', 'sapan'))
  refuseIncompleteTexts(root)
  buildRelease(to)
  pruneLock(to)
  console.log(`✓ release in ${to}\n  Next: cd ${to} && npm ci --omit=dev && npx sapan --help`)
}

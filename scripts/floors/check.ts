import { readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { join, posix } from 'node:path'
import { checkBrowser } from './browser.ts'
import { type House, type Room, readHouse } from './house.ts'
import { type Import, importsOf } from './imports.ts'

/** Who stands on which floor, from the ground up: `scripts/floors.json`. */
export interface Floors {
  readonly floors: readonly {
    readonly name: string
    readonly packages: readonly string[]
    /** Where given, all that these may import of the house. */
    readonly only?: readonly string[]
  }[]
  /** By package, what its tests may import beside: country packs and stand-ins, which stand on the kernel alone. */
  readonly tests: Readonly<Record<string, readonly string[]>>
  /** Files outside an index that tests of every package may import. */
  readonly testSupport: readonly string[]
  /** Files that load tools of others, which lie outside the house, by names that are worked out. */
  readonly toolLoaders?: readonly string[]
  /** Indexes of contracts that run in a browser too. */
  readonly browser: readonly string[]
}

export interface Violation {
  /** `file:line`, or a `package.json`. */
  readonly place: string
  readonly rule:
    | 'floor'
    | 'deep-import'
    | 'relative-across'
    | 'undeclared'
    | 'declared-floor'
    | 'unreadable'
    | 'unparsed'
    | 'no-floor'
    | 'not-for-browsers'
    | 'nothing-read'
  readonly text: string
}

export interface Result {
  readonly files: number
  readonly imports: number
  readonly violations: readonly Violation[]
}

/** Holds every import of every workspace below `root` against the floors. */
export function checkFloors(root: string, floors: Floors): Result {
  const house = readHouse(root)
  const violations = house.rooms.flatMap((room) => checkManifest(room, house, floors))
  const importsBy = new Map<string, readonly Import[]>()
  let files = 0
  let imports = 0
  for (const room of house.rooms) {
    for (const file of room.files) {
      files++
      const found = read(root, file, violations)
      imports += found.length
      importsBy.set(file, found)
      for (const one of found) violations.push(...checkImport(one, file, room, house, floors))
    }
  }
  violations.push(...checkBrowser(floors.browser, importsBy, house))
  if (files === 0 || imports === 0) {
    violations.push({
      place: root,
      rule: 'nothing-read',
      text: `${files} files with ${imports} imports were read`,
    })
  }
  return { files, imports, violations }
}

function read(root: string, file: string, violations: Violation[]): Import[] {
  try {
    return importsOf(file, readFileSync(join(root, file), 'utf8'))
  } catch (error) {
    violations.push({ place: file, rule: 'unparsed', text: String(error) })
    return []
  }
}

function checkManifest(room: Room, house: House, floors: Floors): Violation[] {
  const place = `${room.folder}/package.json`
  if (floorOf(room.name, floors) < 0) {
    return [{ place, rule: 'no-floor', text: `${room.name} stands on no floor of scripts/floors.json` }]
  }
  const barred = (name: string) => isOurs(name, house, floors) && !mayUse(room.name, name, floors)
  const forTests = (name: string) => barred(name) && !mayTestWith(room.name, name, floors)
  return [...[...room.dependencies].filter(barred), ...[...room.devDependencies].filter(forTests)].map(
    (name) => ({ place, rule: 'declared-floor', text: `${room.name} may not depend on ${name}` }),
  )
}

function checkImport(
  { specifier, line }: Import,
  file: string,
  room: Room,
  house: House,
  floors: Floors,
): Violation[] {
  const found = (rule: Violation['rule'], text: string) => [{ place: `${file}:${line}`, rule, text }]
  if (specifier === undefined)
    return floors.toolLoaders?.includes(file)
      ? []
      : found('unreadable', 'a module named by an expression cannot be checked')
  if (specifier.startsWith('node:') || isBuiltin(specifier)) return []
  if (/^[./#]|^[a-z]+:/i.test(specifier)) {
    return staysInside(specifier, file, room, floors)
      ? []
      : found('relative-across', `${specifier} leaves ${room.folder}; import the package by its name`)
  }
  const name = packageOf(specifier)
  if (isOurs(name, house, floors)) {
    const mayImport =
      mayUse(room.name, name, floors) || (isTest(file, room) && mayTestWith(room.name, name, floors))
    if (!mayImport) return found('floor', `${room.name} may not import ${name}`)
    if (!isContract(specifier, house))
      return found('deep-import', `${specifier} passes by the exports of ${name}`)
  }
  if (isDeclared(name, file, room, house)) return []
  return found('undeclared', `${name} is not among the dependencies in ${room.folder}/package.json`)
}

function staysInside(specifier: string, file: string, room: Room, floors: Floors): boolean {
  if (!specifier.startsWith('.')) return false
  const target = posix.normalize(posix.join(posix.dirname(file), specifier))
  if (target.startsWith(`${room.folder}/`)) return true
  return isTest(file, room) && floors.testSupport.includes(target)
}

function isDeclared(name: string, file: string, room: Room, house: House): boolean {
  if (room.dependencies.has(name)) return true
  return isTest(file, room) && (room.devDependencies.has(name) || house.tools.has(name))
}

function isTest(file: string, room: Room): boolean {
  return file.startsWith(`${room.folder}/test/`) || /\.test\.tsx?$/.test(file)
}

function isOurs(name: string, house: House, floors: Floors): boolean {
  return (
    name.startsWith('@sapan/') || floorOf(name, floors) >= 0 || house.rooms.some((room) => room.name === name)
  )
}

function isContract(specifier: string, house: House): boolean {
  return house.rooms.some((room) => room.contracts.has(specifier))
}

function mayUse(from: string, to: string, floors: Floors): boolean {
  const [low, high] = [floorOf(to, floors), floorOf(from, floors)]
  if (low < 0 || low >= high) return false
  return floors.floors[high]?.only?.includes(to) ?? true
}

function mayTestWith(from: string, to: string, { tests }: Floors): boolean {
  return tests[from]?.includes(to) ?? false
}

function floorOf(name: string, { floors }: Floors): number {
  return floors.findIndex((floor) => floor.packages.includes(name))
}

/** `@scope/name/deep` and `name/deep` without what comes after the name. */
function packageOf(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
}

import { glob, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Command } from 'commander'
import { describe, expect, test } from 'vitest'
import { commands } from '../src/commands.ts'
import { demonstrationCommands } from '../src/demonstration.ts'
import { plainPaint, type Terminal } from '../src/terminal/terminal.ts'

const house = fileURLToPath(new URL('../../../', import.meta.url))
/** Where it is said what an operator should type. */
const places = [
  'packages/exchange/src/{alerts,checks}/*.ts',
  'packages/exchange/src/{gateway,center}/checks/*.ts',
  'apps/sapan/src/doctor/*.ts',
]
/** A word of a command, its values as they stand for others: `${member}`, `<folder>`, `FILE`, `center.yaml`. */
const word = /^(?:--?[a-z-]+|[a-z][a-z-]*(?:\.yaml)?|\$\{.*\}|<.+>|[A-Z]+|age1…)$/

const terminal: Terminal = {
  language: 'en',
  env: {},
  out: () => {},
  note: () => {},
  bytes: () => {},
  interactive: false,
  redraw: () => {},
  paint: plainPaint,
  say: ({ en }) => en,
}

/** The words behind each `sapan` in a text of the program, up to the first that can't be one of a command. */
function commandsIn(source: string): string[] {
  const texts = source.replaceAll(/^\s*(?:\*|\/\/|\/\*).*$/gm, '').matchAll(/(['`])((?:\\.|(?!\1).)*)\1/g)
  return [...texts].flatMap(([, , text = '']) =>
    [...text.matchAll(/\bsapan (.+?)(?=[,;)]|$)/g)].map(([, behind = '']) => {
      const words = behind.replaceAll(/\$\{[^}]*\}/g, (value) => value.replaceAll(' ', '')).split(' ')
      const end = words.findIndex((each) => !word.test(each))
      return words.slice(0, end === -1 ? undefined : end).join(' ')
    }),
  )
}

/** What the program would say to it; undefined where it would take it. */
async function refusal(line: string): Promise<string | undefined> {
  const [name = '', ...rest] = line.split(' ')
  const entry = [...demonstrationCommands, ...commands].find((each) => each.name === name)
  if (!entry) return `no command ${name}`
  const said: string[] = []
  const command = new Command(name).exitOverride()
  ;(await entry.load()).configure(command, terminal)
  tame(command, said)
  try {
    await command.parseAsync(rest, { from: 'user' })
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** Nothing is done; what a value has to look like is not asked, since these stand for others. */
function tame(command: Command, said: string[]): void {
  command.exitOverride().configureOutput({ writeOut: () => {}, writeErr: (text) => void said.push(text) })
  command.action(() => {})
  for (const argument of [...command.registeredArguments, ...command.options])
    Object.assign(argument, { parseArg: undefined })
  for (const nested of command.commands) tame(nested, said)
}

describe('what checks say to do next', async () => {
  const files = await Array.fromAsync(glob(places, { cwd: house }))
  const named = new Map<string, string>()
  for (const file of files)
    for (const line of commandsIn(await readFile(join(house, file), 'utf8'))) named.set(line, file)

  test('is found', () => {
    expect(named.size).toBeGreaterThan(12)
  })

  test.each([...named.keys()])('sapan %s: is a command that the program takes', async (line) => {
    expect(await refusal(line)).toBeUndefined()
  })

  test.each([
    ['center renew-issuer', /--config/],
    ['call --explain', /service-path/],
    ['credential add NAME', /--for/],
    ['evidence archive --gate X', /--gate/],
    ['evidence archived', /unknown command|too many/],
    ['evidences list', /no command/],
  ])('sapan %s would not be one', async (line, because) => {
    expect(await refusal(line)).toMatch(because)
  })
})

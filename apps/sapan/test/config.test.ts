import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Type } from 'typebox'
import { describe, expect, it } from 'vitest'
import { CenterFile } from '../src/config/center.ts'
import { databaseUrlOf } from '../src/config/database-url.ts'
import { OperatorSignIn } from '../src/config/operator-openid.ts'
import { DatabasePlace, ListenAt, LogLevel, LoopbackAt } from '../src/config/place.ts'
import { parseConfig } from '../src/config/read.ts'

const schema = Type.Object(
  {
    id: Type.String(),
    listen: Type.Object({ edge: ListenAt }, { additionalProperties: false }),
    database: DatabasePlace,
    level: LogLevel,
  },
  { additionalProperties: false },
)

const whole = `id: TH/GOV/DLT/gateway-1
listen:
  edge: 127.0.0.1:4101
database:
  url: postgres://sapan@db/gateway
`

const refusal = (text: string): string => {
  try {
    parseConfig(text, 'gateway.yaml', schema)
    return 'accepted'
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

describe('a configuration file', () => {
  it('is read, and defaults are filled in', () => {
    expect(parseConfig(whole, 'gateway.yaml', schema)).toMatchObject({
      id: 'TH/GOV/DLT/gateway-1',
      level: 'info',
    })
  })

  it.each([
    [
      'a wrong type',
      whole.replace('127.0.0.1:4101', '[1]'),
      'gateway.yaml line 3: listen.edge must be string',
    ],
    ['an unknown member', `${whole}colour: blue\n`, 'gateway.yaml line 6: colour is not known here'],
    [
      'an unknown member inside',
      whole.replace('  edge:', '  door: x\n  edge:'),
      'gateway.yaml line 3: listen.door is not known here',
    ],
    ['a missing member', whole.replace(/^id.*\n/, ''), 'gateway.yaml line 1: id is missing'],
    ['a place without a port', whole.replace(':4101', ''), 'gateway.yaml line 3: listen.edge'],
    [
      'a port that there is not',
      whole.replace('4101', '65536'),
      'gateway.yaml line 3: listen.edge is not right; it is host:port, such as 127.0.0.1:4101',
    ],
    [
      'an unknown member in one of several forms',
      whole.replace(/ {2}url.*/, '  embedded: postgres\n  nam: gateway'),
      'gateway.yaml line 6: database.nam is not known here',
    ],
    [
      'an unknown word',
      `${whole}level: loud\n`,
      'gateway.yaml line 6: level must be one of debug, info, warn, error',
    ],
    ['broken YAML', whole.replace('listen:', 'listen: ['), 'gateway.yaml line'],
    ['a text instead of members', 'hello', 'gateway.yaml line 1: the file must be object'],
  ])('with %s is refused with its line', (_why, text, message) => {
    expect(refusal(text)).toContain(`config-invalid: ${message}`)
  })
})

describe('the policy of a center’s time-stamps', () => {
  const center = (policy: string) =>
    parseConfig(
      `instance: TH\npublicUrl: https://c.example\nlisten:\n  public: 0.0.0.0:4000\n  admin: 127.0.0.1:4001\n` +
        `database:\n  embedded: postgres\n  name: center\ntimestampPolicy: ${policy}\n`,
      'center.yaml',
      CenterFile,
    )

  it('is an object identifier', () => {
    expect(center('2.16.764.1.4.99').timestampPolicy).toBe('2.16.764.1.4.99')
    for (const wrong of ['ours', '3.1.2', '2.16', '2.016.1', '2.16.764.'])
      expect(() => center(wrong)).toThrow(expect.objectContaining({ code: 'config-invalid' }))
  })
})

describe('the door of operators', () => {
  const doors = Type.Object({ listen: Type.Object({ admin: LoopbackAt }) })
  const read = (place: string) => parseConfig(`listen:\n  admin: "${place}"\n`, 'gateway.yaml', doors)

  it.each(['127.0.0.1:4103', '127.1.2.3:0', '[::1]:4103', 'localhost:4103'])('opens at %s', (place) => {
    expect(read(place)).toEqual({ listen: { admin: place } })
  })

  it.each(['0.0.0.0:4103', '10.0.0.5:4103', '[::]:4103', 'gateway.example:4103', '127.0.0.1.example:4103'])(
    'is not opened beyond this machine: %s',
    (place) => {
      expect(() => read(place)).toThrow(
        expect.objectContaining({
          detail: expect.objectContaining({ en: expect.stringContaining('a place on this machine only') }),
        }),
      )
    },
  )
})

describe('by whom operators are signed in', () => {
  const read = (issuer: string, operator: object) =>
    parseConfig(
      JSON.stringify({ openid: { issuer, clientId: 'dopa-gateway', operators: [operator] } }),
      'gateway.yaml',
      OperatorSignIn,
    )
  const somsri = { subject: '4f1c2a', name: 'somsri' }

  it('is an issuer over TLS, or on the machine itself', () => {
    for (const issuer of ['https://id.example', 'http://localhost:4400', 'http://127.0.0.1:4400']) {
      expect(read(issuer, somsri).openid.issuer).toBe(issuer)
    }
    for (const issuer of ['http://id.example', 'http://localhost.example', 'id.example']) {
      expect(() => read(issuer, somsri)).toThrow(/openid\.issuer/)
    }
  })

  it.each([
    ['a role that there is not', { role: 'all' }],
    ['members that are none', { members: [] }],
    ['a name that no log takes', { name: 'สมศรี\n' }],
    ['what is not known', { whole: true }],
  ])('names nobody with %s', (_, more) => {
    expect(() => read('https://id.example', { ...somsri, ...more })).toThrow(/operators/)
  })
})

describe('the address of a database', () => {
  const url = 'postgres://sapan:hidden-word@db:5432/gateway'
  const fileWith = (text: string): string => {
    const file = join(mkdtempSync(join(tmpdir(), 'sapan-')), 'url')
    writeFileSync(file, text, { mode: 0o600 })
    return file
  }

  it('is that of the environment, or of a file that it names, as secrets are mounted', () => {
    expect(databaseUrlOf({})).toBeUndefined()
    expect(databaseUrlOf({ DATABASE_URL: url })).toBe(url)
    expect(databaseUrlOf({ DATABASE_URL_FILE: fileWith(`${url}\n`) })).toBe(url)
  })

  it('is not guessed: both at once, no file, or a file of something else are refused, and the secret is not told', () => {
    const refused = (env: Record<string, string>) => {
      try {
        databaseUrlOf(env)
        return 'accepted'
      } catch (error) {
        return String(error)
      }
    }
    expect(refused({ DATABASE_URL: url, DATABASE_URL_FILE: fileWith(url) })).toContain('misuse')
    expect(refused({ DATABASE_URL_FILE: '/nowhere/url' })).toContain('input-unreadable')
    const other = refused({ DATABASE_URL_FILE: fileWith(`password ${url}`) })
    expect(other).toContain('input-unreadable')
    expect(other).not.toContain('hidden-word')
  })
})

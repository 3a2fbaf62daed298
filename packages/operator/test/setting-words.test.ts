import { GatewaySettings } from '@sapan/exchange'
import { Value } from 'typebox/value'
import { expect, it } from 'vitest'
import { settingWords } from '../src/gateway/setting-words.ts'

/** The paths of all settings that a gateway takes by itself. */
function paths(value: object, above = ''): string[] {
  return Object.entries(value).flatMap(([name, one]) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? paths(one, `${above}${name}.`)
      : [above + name],
  )
}

it('no words are said of a setting that there is not', () => {
  const groups = [
    'limits',
    'timeouts',
    'links',
    'queue',
    'directory',
    'unusual',
    'evidence',
    'withoutCredential',
  ]
  const defaults = Value.Default(GatewaySettings, {}) as Record<string, unknown>
  const there = new Set(paths(Object.fromEntries(groups.map((group) => [group, defaults[group]]))))
  const told = ['id', 'center.url', 'center.rootFingerprint', 'peerAddress', 'edgeOrigin']
  const worded = Object.keys(settingWords).filter((path) => !told.includes(path))
  expect(worded.length).toBeGreaterThan(25)
  expect(worded.filter((path) => !there.has(path))).toEqual([])
})

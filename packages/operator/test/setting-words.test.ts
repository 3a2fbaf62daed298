import { GatewaySettings } from '@sapan/exchange'
import { expect, it } from 'vitest'
import { settingWords } from '../src/gateway/setting-words.ts'

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>
}

/** The paths of all settings that there are. */
function paths({ properties = {} }: Schema, above = ''): string[] {
  return Object.entries(properties).flatMap(([name, one]) =>
    one.properties === undefined ? [above + name] : paths(one, `${above}${name}.`),
  )
}

it('no words are said of a setting that there is not', () => {
  const there = new Set(paths(GatewaySettings as Schema))
  const worded = Object.keys(settingWords)
  expect(worded.length).toBeGreaterThan(25)
  expect(worded.filter((path) => !there.has(path))).toEqual([])
})

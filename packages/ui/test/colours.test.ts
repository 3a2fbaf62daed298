import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { colourPairs, colours, contrast, isReadable } from '../src/index.ts'

describe('colours', () => {
  it('black on white has the greatest contrast there is', () => {
    expect(contrast('#000000', '#FFFFFF')).toBeCloseTo(21, 5)
    expect(contrast('#777777', '#FFFFFF')).toBeCloseTo(4.48, 2)
  })

  it.each(colourPairs)('$front on $back ($use) reaches $level', (pair) => {
    expect(isReadable(pair), `${contrast(colours[pair.front], colours[pair.back]).toFixed(2)}:1`).toBe(true)
  })

  it('a pair without enough contrast is refused', () => {
    expect(isReadable({ front: 'saffron', back: 'paper', level: 'AA', use: 'never as text' })).toBe(false)
  })

  it.each(['theme.css', 'sapan.css', 'components.css'])('%s has no colour of its own', (name) => {
    const css = readFileSync(new URL(`../src/assets/${name}`, import.meta.url), 'utf8')
    expect(css.match(/#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(/gi)).toBeNull()
    const used = [...css.matchAll(/var\(--sapan-([a-z-]+)\)/g)].map((match) => match[1])
    const known = [...Object.keys(colours).map(kebab), 'unit', 'measure', 'page', 'code']
    expect(used.filter((name) => !known.includes(name ?? ''))).toEqual([])
  })
})

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)
}

import { expect, it } from 'vitest'
import { columnsOf, table } from '../src/terminal/table.ts'

it('counts the columns that Thai takes: marks above and below take none', () => {
  expect(columnsOf('ที่')).toBe(1)
  expect(columnsOf('กำนัน')).toBe(4)
  expect(columnsOf('abc')).toBe(3)
})

it('stands columns under each other in Thai', () => {
  const [heading, rule, ...rows] = table(
    ['ชื่อ', 'x'],
    [
      ['ที่ปรึกษา', '1'],
      ['ก', '2'],
    ],
  )
  expect(rule).toBe('──────  ─')
  for (const line of [heading ?? '', ...rows]) {
    expect(columnsOf(line.slice(0, line.search(/[x12]/)))).toBe(8)
  }
})

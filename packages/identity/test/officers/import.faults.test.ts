import { afterAll, beforeAll, expect, it } from 'vitest'
import { numberOf, OfficersHouse, type TestOfficer } from './house.ts'

let house: OfficersHouse
let administrator: TestOfficer
beforeAll(async () => {
  house = await OfficersHouse.open()
  administrator = await house.administrator('TH/GOV/RD')
})
afterAll(() => house.ground.database.drop())

const file = (count: number, last = '') =>
  Buffer.from(
    [
      'national_id,given_name,family_name,title_th,duties',
      ...Array.from({ length: count }, (_, i) => `${numberOf(200_000 + i)},วิชัย,มั่นคง,นักวิชาการ,registrar`),
      last,
    ].join('\n'),
  )

it('one bad line among ten thousand keeps all of them out', async () => {
  const report = await house.officers.import(administrator, file(10_000, '123,วิชัย,มั่นคง,นักวิชาการ,registrar'))
  expect(report).toMatchObject({ applied: false, counts: { added: 10_000, refused: 1 } })
  expect((await house.officers.list(administrator, {})).total).toBe(1)
})

it('ten thousand lines are brought in, and the second time nothing changes', async () => {
  const first = await house.officers.import(administrator, file(10_000))
  expect(first).toMatchObject({ applied: true, counts: { added: 10_000 } })
  const second = await house.officers.import(administrator, file(10_000))
  expect(second.counts).toEqual({ added: 0, changed: 0, left: 10_000, refused: 0 })
})

it('two who bring in the same file at the same time add nobody twice', async () => {
  const numbers = file(300).toString().replaceAll(',registrar', ',case-officer')
  const both = await Promise.all([1, 2].map(() => house.officers.import(administrator, Buffer.from(numbers))))
  expect(both.map(({ counts }) => counts.changed).sort()).toEqual([0, 300])
})

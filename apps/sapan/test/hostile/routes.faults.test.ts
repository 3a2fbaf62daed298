import { afterAll, beforeAll, expect, it } from 'vitest'
import { type OpenHouse, openFaces } from './house.ts'
import { programRoutes } from './programs.ts'
import { isFault, Siege } from './siege.ts'

let open: OpenHouse
beforeAll(async () => {
  open = await openFaces()
})
afterAll(() => open?.stop())

it('no request of any kind, to any page or door of issuer, portal and desk, is answered with a fault', async () => {
  const siege = new Siege(open, { whole: true })
  await siege.begin()
  for (const route of [...siege.routes, ...programRoutes]) await siege.attack(route, (attacks) => attacks)
  expect(siege.wrong).toEqual([])
  expect(siege.sent).toBeGreaterThan(10_000)
  expect(open.logged.filter(isFault)).toEqual([])
})

import { afterAll, beforeAll, expect, it } from 'vitest'
import { ApiSiege } from './api-siege.ts'
import { type OpenHouse, openFaces } from './house.ts'
import { programRoutes } from './programs.ts'
import { ownServices } from './services.ts'
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

it('no request of any kind, to any operation of the API of any service, is answered with a fault', async () => {
  const siege = new ApiSiege(open)
  await siege.begin()
  for (const service of ownServices(open)) await siege.attack(service, (attacks) => attacks)
  expect(siege.wrong).toEqual([])
  expect(siege.sent).toBeGreaterThan(3000)
  expect(open.logged.filter(isFault)).toEqual([])
})

// The portal of an operator, a process of its own: all its routes, sessions and drafts in PostgreSQL. Does no jobs.
import { createServer } from 'node:http'
import { createLogger } from '@sapan/kernel'
import { createPortal } from '@sapan/portal'
import { portalSite, shrinkBufferPool } from 'sapan/operator'
import { type HouseOrder, openHouse } from './house.ts'

export interface PortalOrder extends HouseOrder {
  readonly port: number
}

if (import.meta.main) {
  shrinkBufferPool()
  const order = JSON.parse(process.argv[2] ?? '') as PortalOrder
  const house = await openHouse(order)
  const portal = createPortal({
    anchors: [],
    docs: new URL('../../../docs/problems/', import.meta.url),
    log: createLogger({ name: 'portal', level: 'error' }),
    site: await portalSite(house),
  })
  createServer((request, response) => portal.handler(request, response)).listen(order.port, '127.0.0.1')
  process.once('SIGTERM', () => process.exit(0))
}

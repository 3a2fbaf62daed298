// The work behind the pages, a process of its own, as the issuer's does it.
import { type HouseOrder, openHouse } from './house.ts'

const house = await openHouse(JSON.parse(process.argv[2] ?? '') as HouseOrder)
await house.services.work()
process.once('SIGTERM', () => process.exit(0))

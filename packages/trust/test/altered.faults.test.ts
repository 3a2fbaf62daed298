import { it } from 'vitest'
import { refusesEveryBit, signed } from './altered.ts'

it.each(signed)('%s is refused with any bit of it changed', async (_, make) => {
  refusesEveryBit(await make())
})

import { it } from 'vitest'
import { refusesSomeBits, signed } from './altered.ts'

it.each(signed)('%s is refused with any bit of it changed', async (_, make) => {
  refusesSomeBits(await make())
})

import { describe } from 'vitest'
import { itIsForWhoHasTheCase } from './holders-action.ts'

describe('putting a case back (POST /desk/cases/:case/release)', () => {
  itIsForWhoHasTheCase({
    name: 'release',
    stage: 'review',
    becomes: 'in-review',
  })
})

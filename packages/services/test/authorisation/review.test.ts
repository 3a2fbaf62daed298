import { describe } from 'vitest'
import { itIsForWhoHasTheCase } from './holders-action.ts'

describe('reviewing (POST /desk/cases/:case/review)', () => {
  itIsForWhoHasTheCase({
    name: 'review',
    stage: 'review',
    sent: { review: 'ครบถ้วน' },
    becomes: 'awaiting-endorsement',
  })
})

import { describe } from 'vitest'
import { itIsForWhoHasTheCase } from './holders-action.ts'

describe('asking the applicant for more (POST /desk/cases/:case/ask)', () => {
  itIsForWhoHasTheCase({
    name: 'ask',
    stage: 'review',
    sent: { ask: 'ขอรูปถ่ายเรือ' },
    becomes: 'awaiting-information',
  })
})

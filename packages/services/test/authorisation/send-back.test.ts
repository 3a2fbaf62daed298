import { describe } from 'vitest'
import { itIsForWhoHasTheCase } from './holders-action.ts'

describe('sending back a step (POST /desk/cases/:case/send-back)', () => {
  itIsForWhoHasTheCase({
    name: 'send-back',
    stage: 'endorse',
    sent: { 'send-back': 'ยังไม่ครบ' },
    becomes: 'in-review',
  })
})

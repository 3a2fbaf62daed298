import { describe } from 'vitest'
import { itIsForWhoHasTheCase } from './holders-action.ts'

describe('endorsing (POST /desk/cases/:case/endorse)', () => {
  itIsForWhoHasTheCase({
    name: 'endorse',
    stage: 'endorse',
    sent: { endorse: 'เห็นชอบ' },
    becomes: 'awaiting-decision',
  })
})

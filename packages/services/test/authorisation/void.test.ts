import { describe } from 'vitest'
import { itIsForWhoHasTheCase } from './holders-action.ts'

describe('voiding a number (POST /desk/cases/:case/void)', () => {
  itIsForWhoHasTheCase({
    name: 'void',
    stage: 'review',
    sent: { void: 'ลงซ้ำ' },
    becomes: 'voided',
  })
})

import { longestDispute } from '../../prefill/tell-wrong.ts'
import { only, type Schema } from './form-schemas.ts'

/** What of a register is wrong, and what is right. */
export const disputeSchema: Schema = {
  ...only({
    path: {
      ...{ type: 'string', minLength: 1, maxLength: 500 },
      description: 'Of a value in `data` of the fact: `name`, `children.1.name`',
    },
    text: { type: 'string', minLength: 1, maxLength: longestDispute },
  }),
  required: ['path', 'text'],
  examples: [{ path: 'birthDate', text: 'เกิดวันที่ 13 ตามสูติบัตร' }],
}

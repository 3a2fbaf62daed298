import { registerDescription } from '../gateway/register.ts'

const text = (th: string, en: string) => ({ 'x-sapan-text': { th, en } })

/** The form that every question's answer has. */
export const answered = (answer: object) => ({
  '200': {
    description: 'ok',
    content: {
      'application/json': {
        schema: {
          type: 'object',
          properties: {
            answer: { ...answer, ...text('คำตอบ', 'Answer') },
            reason: { type: 'string', ...text('เหตุที่ไม่มีคำตอบ', 'Why there is no answer') },
            expression: { type: 'string', ...text('นิพจน์', 'Expression') },
          },
        },
      },
    },
  },
})

const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' }, ...text('เลข', 'Number') }
const age = {
  name: 'age',
  in: 'query',
  required: true,
  schema: { type: 'integer' },
  ...text('อายุ', 'Age'),
}

export const overAge = {
  operationId: 'isOverAge',
  ...text('ถามว่าอายุถึงที่กำหนดหรือไม่', 'Ask whether a person is of an age'),
  'x-sapan-subject': [{ in: 'path', name: 'id' }],
  'x-sapan-question': {
    of: 'getPerson',
    expression: 'age(record.birthDate, today) >= ask.age',
    perPerson: { calls: 8, seconds: 86_400 },
  },
  parameters: [id, age],
  responses: answered({ type: ['boolean', 'null'] }),
}

/** The register of the tests, which answers a question beside its records; `changes` are of the question's operation. */
export function withQuestion(changes: object = {}) {
  return {
    ...registerDescription,
    info: { ...registerDescription.info, 'x-sapan-code': 'asked' },
    paths: { ...registerDescription.paths, '/persons/{id}/over-age': { get: { ...overAge, ...changes } } },
  }
}

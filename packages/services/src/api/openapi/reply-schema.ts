import type { ServiceDefinition } from '../../definition/definition.ts'
import type { FormPage } from '../../definition/form.ts'
import { longestSaying } from '../../tracking/say.ts'
import { replyPart } from '../read-reply.ts'
import { fieldSchema, only, type Schema } from './form-schemas.ts'

/** What a reply is sent as: JSON, or a form that holds it beside files, which are named by what they are for. */
export function replyBody(definition: ServiceDefinition): Schema {
  const said = replySchema(definition)
  const file = { type: 'string', contentMediaType: 'application/octet-stream' }
  return {
    required: true,
    content: {
      'application/json': { schema: said },
      'multipart/form-data': {
        schema: {
          type: 'object',
          description: 'Files under the `path` of their field, or the `part` of a document that is asked for',
          properties: { [replyPart]: said },
          additionalProperties: file,
        },
        encoding: { [replyPart]: { contentType: 'application/json' } },
      },
    },
  }
}

/** Answers by their paths; only those that are asked for are taken. */
function replySchema({ form }: ServiceDefinition): Schema {
  const once = form.pages.filter(({ repeat }) => repeat === undefined)
  const repeated = form.pages.filter(({ repeat }) => repeat !== undefined)
  const answers = {
    ...only(Object.fromEntries(once.flatMap((page) => schemasOf(page, ({ id }) => id)))),
    patternProperties: Object.fromEntries(
      repeated.flatMap((page) => schemasOf(page, ({ id }) => `^${page.id}\\.[0-9]{1,4}\\.${id}$`)),
    ),
  }
  const text = { type: 'string', maxLength: longestSaying }
  return { ...only({ text, answers }), examples: [{ text: 'แนบใบเสร็จมาแล้ว', answers: {} }] }
}

function schemasOf({ fields }: FormPage, nameOf: (field: FormPage['fields'][number]) => string) {
  return fields
    .filter(({ type }) => type !== 'file')
    .map((field): [string, Schema] => [nameOf(field), fieldSchema(field)])
}

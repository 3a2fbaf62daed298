import { type Static, Type } from 'typebox'

const Webhook = Type.String({
  pattern:
    '^(https://([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+\\])|http://(localhost|127\\.0\\.0\\.1|\\[::1\\]))(:[0-9]{1,5})?(/[^?# ]*)?$',
  description: 'who is told what is wrong; http on this machine only',
})

/** One mailbox, as everybody writes it: no list, no name, no comment. */
const Mailbox = Type.String({
  pattern: "^[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@([A-Za-z0-9-]+\\.)+[A-Za-z0-9-]{2,}$",
  maxLength: 254,
  description: 'an e-mail address such as operators@agency.go.th',
})

const Email = Type.Object(
  {
    to: Type.Array(Mailbox, { minItems: 1, maxItems: 20, uniqueItems: true }),
    language: Type.Union([Type.Literal('th'), Type.Literal('en')], {
      default: 'th',
      description: 'of the letters',
    }),
    from: Type.String({ minLength: 3, description: 'the sender: Sapan <no-reply@agency.go.th>' }),
    smtp: Type.String({
      pattern:
        '^smtps?://([^\\s:@/]+@)?([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+\\])(:[0-9]{1,5})?(\\?security=plain)?$',
      description: 'the mail system, smtp://user@mail.agency.go.th:587; its password stands in passwordFile',
    }),
    passwordFile: Type.Optional(
      Type.String({ minLength: 1, description: 'a file of the password, which only its owner may read' }),
    ),
  },
  { additionalProperties: false },
)

/** Who is told what is wrong with a gateway, or with the center. */
export const AlertSettings = Type.Object(
  { webhook: Type.Optional(Webhook), email: Type.Optional(Email) },
  { default: {}, additionalProperties: false },
)

export type AlertSettings = Static<typeof AlertSettings>

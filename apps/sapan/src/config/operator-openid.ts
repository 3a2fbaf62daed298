import { Type } from 'typebox'

const strict = { additionalProperties: false } as const

/** By whom operators are signed in to their pages, and who is one. */
export const OperatorSignIn = Type.Object(
  {
    openid: Type.Object(
      {
        issuer: Type.String({
          pattern: '^https://|^http://(localhost|127\\.0\\.0\\.1)(:|/|$)',
          description: 'the issuer, as its metadata names it',
        }),
        clientId: Type.String({ minLength: 1, maxLength: 200 }),
        acrValues: Type.Optional(
          Type.Array(Type.String({ minLength: 1, maxLength: 200 }), {
            minItems: 1,
            maxItems: 20,
            description: 'the levels of which a sign-in must have one',
          }),
        ),
        operators: Type.Array(
          Type.Object(
            {
              subject: Type.String({ minLength: 1, maxLength: 255 }),
              name: Type.String({ pattern: '^[\\w.@ -]{1,64}$' }),
              members: Type.Optional(
                Type.Array(Type.String({ minLength: 1, maxLength: 256 }), {
                  minItems: 1,
                  description: 'those that they look after; without it they run the gateway',
                }),
              ),
              role: Type.Optional(Type.Union([Type.Literal('look'), Type.Literal('change')])),
              opens: Type.Optional(Type.Boolean()),
            },
            strict,
          ),
          { maxItems: 1000 },
        ),
      },
      strict,
    ),
  },
  strict,
)

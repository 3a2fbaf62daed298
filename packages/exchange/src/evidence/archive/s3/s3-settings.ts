import { Type } from 'typebox'

const segment = '[A-Za-z0-9_-][A-Za-z0-9._-]*'

/** An S3-compatible store as an operator names it. Its keys stand elsewhere. */
export const S3Settings = Type.Object(
  {
    endpoint: Type.String({
      pattern:
        '^(https://([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+\\])|http://(localhost|127\\.0\\.0\\.1|\\[::1\\]))(:[0-9]{1,5})?(/[^?# ]*)?$',
      description: 'the store’s address, such as https://s3.agency.go.th; http on this machine only',
    }),
    region: Type.String({
      pattern: '^[a-z0-9-]{1,64}$',
      default: 'us-east-1',
      description: 'as the store names it; most that are no cloud’s take us-east-1',
    }),
    bucket: Type.String({ pattern: '^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$' }),
    prefix: Type.String({
      pattern: `^(${segment}(/${segment})*)?$`,
      maxLength: 200,
      default: '',
      description: 'before each name in the bucket, such as gateway-1',
    }),
    addressing: Type.Union([Type.Literal('path'), Type.Literal('virtual-host')], {
      default: 'path',
      description: 'whether the bucket’s name stands in the path or before the host',
    }),
    ca: Type.Optional(
      Type.String({
        minLength: 1,
        description: 'a PEM file of the authority that alone vouches for the store; without it, the system’s',
      }),
    ),
    credentialsFile: Type.Optional(
      Type.String({
        minLength: 1,
        description:
          'a file of the store’s keys as AWS’ tools write it, which only its owner may read; without it, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
      }),
    ),
  },
  { additionalProperties: false },
)

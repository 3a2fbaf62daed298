import { type Static, Type } from 'typebox'
import { AlertSettings } from '../alerts/alert-settings.ts'
import { S3Settings } from '../evidence/archive/s3/s3-settings.ts'

const Seconds = (value: number) => Type.Number({ minimum: 0, default: value })

const name = '[A-Za-z0-9_][A-Za-z0-9._-]{0,63}'
const Subsystem = Type.String({ pattern: `^(${name}/){3}${name}$` })
const Service = Type.String({ pattern: `^(${name}/){4}${name}$` })

/** Where a system of the member's own is called: no query, which logs of others would show. */
const SystemUrl = Type.String({
  pattern: '^https?://([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+\\])(:[0-9]{1,5})?(/[^?# ]*)?$',
})

/** What one gateway process is told by its operator. Times in seconds, sizes in bytes. */
export const GatewaySettings = Type.Object(
  {
    id: Type.String({ description: 'owner member and code: TH/GOV/DOPA/gateway-1' }),
    center: Type.Object({
      url: Type.String(),
      alsoAt: Type.Array(Type.String({ pattern: '^https://' }), {
        default: [],
        description: 'further centers over the same database, asked where this one does not answer',
      }),
      rootFingerprint: Type.String({ pattern: '^[0-9a-f]{64}$' }),
    }),
    peerAddress: Type.String({ description: 'the https origin at which other gateways reach this one' }),
    edgeOrigin: Type.String({ description: 'the origin at which the agency’s own systems reach this one' }),
    withoutCredential: Type.Array(Type.String(), {
      default: [],
      description: 'subsystems that a caller on loopback may speak for without a credential',
    }),
    gdx: Type.Object(
      {
        enabled: Type.Boolean({
          default: false,
          description: 'whether callers of GDX are answered under /ws/',
        }),
      },
      { default: {}, additionalProperties: false },
    ),
    limits: Type.Object(
      {
        bodyBytes: Type.Integer({ default: 100 * 1024 * 1024 }),
        memoryBytes: Type.Integer({ default: 256 * 1024, description: 'a larger body spills to a file' }),
        filterBytes: Type.Integer({ default: 10 * 1024 * 1024, description: 'largest JSON answer to cut' }),
        inFlight: Type.Integer({ default: 256 }),
        waiting: Type.Integer({ default: 1024 }),
        connectionsPerPeer: Type.Integer({ default: 64 }),
      },
      { default: {} },
    ),
    timeouts: Type.Object(
      {
        connect: Seconds(3),
        provider: Seconds(10),
        peer: Seconds(30),
        message: Seconds(60),
        clockSkew: Seconds(5),
        database: Seconds(5),
        headers: Seconds(15),
        request: Seconds(300),
      },
      { default: {} },
    ),
    timeZone: Type.String({
      default: 'Asia/Bangkok',
      description: 'in which questions have their day of today, and exchanges are counted by day',
    }),
    links: Type.Boolean({
      default: true,
      description: 'whether framed links are spoken with gateways that know them; HTTP alone else',
    }),
    queue: Type.Object(
      {
        bodyBytes: Type.Integer({ default: 1024 * 1024, description: 'largest message that waits' }),
        firstRetry: Seconds(5),
        longestRetry: Seconds(3600),
        giveUpAfter: Seconds(7 * 86_400),
        keep: Seconds(90 * 86_400),
        keepEvents: Seconds(30 * 86_400),
        lease: Seconds(120),
        attachments: Type.Object(
          {
            bytes: Type.Integer({ default: 500 * 1024 ** 2, description: 'largest attachment of a message' }),
            underWay: Type.Integer({
              default: 4 * 1024 ** 3,
              description: 'bytes of attachments that one subsystem may have here',
            }),
            keepUnnamed: Seconds(86_400),
            keepTaken: Seconds(7 * 86_400),
          },
          { default: {} },
        ),
        callbacks: Type.Array(
          Type.Object({ subsystem: Subsystem, url: SystemUrl }, { additionalProperties: false }),
          { default: [], description: 'systems that are told what became of the messages that they sent' },
        ),
        follow: Type.Array(
          Type.Object(
            {
              client: Subsystem,
              service: Service,
              operation: Type.String({ minLength: 1 }),
              purpose: Type.Optional(Type.String({ minLength: 1 })),
              url: SystemUrl,
              seconds: Type.Number({ minimum: 1, default: 60, description: 'between two readings' }),
            },
            { additionalProperties: false },
          ),
          { default: [], description: 'topics whose events are read for systems and handed to them' },
        ),
      },
      { default: {} },
    ),
    alerts: AlertSettings,
    directory: Type.Object({ pollSeconds: Seconds(10) }, { default: {} }),
    unusual: Type.Object(
      {
        leastPerHour: Type.Integer({
          default: 60,
          description: 'fewer accesses of an officer are never unusual',
        }),
        timesUsual: Type.Number({ default: 4, description: 'times the officer’s average hour' }),
        days: Type.Integer({ default: 14, description: 'of which the average is' }),
        values: Type.Integer({
          default: 4,
          minimum: 1,
          description: 'with so many different values a day, one question about one person is not unusual',
        }),
        casePurposes: Type.Array(Type.String(), {
          default: [],
          description: 'purposes for which an officer must have a case',
        }),
        officeHours: Type.Object(
          {
            timeZone: Type.String({ default: 'Asia/Bangkok' }),
            days: Type.Array(Type.Integer({ minimum: 0, maximum: 6 }), { default: [1, 2, 3, 4, 5] }),
            from: Type.Integer({ default: 7 }),
            to: Type.Integer({ default: 19 }),
          },
          { default: {} },
        ),
      },
      { default: {} },
    ),
    evidence: Type.Object(
      {
        witnesses: Type.Object(
          {
            atLeast: Type.Integer({
              minimum: 1,
              default: 1,
              description: 'how many of the directory’s witnesses must cosign a log',
            }),
          },
          { default: {}, additionalProperties: false },
        ),
        body: Type.Union([Type.Literal('full'), Type.Literal('digest')], { default: 'full' }),
        bodyBytes: Type.Integer({
          default: 256 * 1024,
          description: 'a larger body is kept as its digest only',
        }),
        retention: Type.Array(
          Type.Object(
            {
              service: Type.Optional(Type.String({ minLength: 1 })),
              purpose: Type.Optional(Type.String({ minLength: 1 })),
              law: Type.Optional(Type.String({ minLength: 1 })),
              days: Type.Integer({
                minimum: 8,
                description: 'what a crash left one-sided is settled within seven days',
              }),
              under: Type.String({
                minLength: 1,
                maxLength: 500,
                description: 'the law that orders the erasure',
              }),
            },
            { additionalProperties: false },
          ),
          { default: [], description: 'for how long what was said is kept; the first that fits counts' },
        ),
        archive: Type.Optional(
          Type.Object(
            {
              afterDays: Type.Integer({
                minimum: 8,
                description: 'what was said stays in the database for so long',
              }),
              folder: Type.Optional(Type.String({ minLength: 1 })),
              s3: Type.Optional(S3Settings),
            },
            // One of the two ways, beside the days.
            {
              ...{ additionalProperties: false, minProperties: 2, maxProperties: 2 },
              description: 'where what was said goes when it is old: afterDays, and either folder or s3',
            },
          ),
        ),
      },
      { default: {} },
    ),
  },
  { additionalProperties: false },
)

export type GatewaySettings = Static<typeof GatewaySettings>

import { AlertSettings } from '@sapan/exchange'
import { type Static, Type } from 'typebox'
import { stringify } from 'yaml'
import { writeWhole } from '../home/files.ts'
import { absoluteAlerts, absolutePlaces, DatabasePlace, ListenAt, LogLevel, LoopbackAt } from './place.ts'
import { readConfig } from './read.ts'

const Seconds = Type.Integer({ minimum: 1 })

/** What `sapan center --config` is told. Paths are read from the folder of the file. */
export const CenterFile = Type.Object(
  {
    instance: Type.String({ pattern: '^[A-Za-z0-9.-]+$', description: 'the country: TH' }),
    publicUrl: Type.String({
      pattern: '^https://',
      description: 'where members reach the center: https://…',
    }),
    alsoAt: Type.Optional(
      Type.Array(Type.String({ pattern: '^https://' }), {
        description: 'where further centers over the same database are',
      }),
    ),
    validitySeconds: Type.Optional(Seconds),
    certificateSeconds: Type.Optional(Seconds),
    tokenSeconds: Type.Optional(Seconds),
    timestampPolicy: Type.Optional(
      Type.String({
        pattern: '^[0-2](\\.(0|[1-9][0-9]*)){2,}$',
        description: 'the object identifier of the policy under which time-stamps are made: 2.16.764.…',
      }),
    ),
    witnesses: Type.Optional(
      Type.Array(Type.Object({ name: Type.String(), vkey: Type.String(), url: Type.String() })),
    ),
    subjectTokens: Type.Optional(
      Type.Array(
        Type.Object({
          issuer: Type.String(),
          jwk: Type.Record(Type.String(), Type.Unknown()),
          keys: Type.Optional(Type.Array(Type.Record(Type.String(), Type.Unknown()))),
          statusLists: Type.Optional(Type.String({ pattern: '^https?://.*[^/]$' })),
          hints: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
        }),
      ),
    ),
    alerts: AlertSettings,
    listen: Type.Object({ public: ListenAt, admin: LoopbackAt }, { additionalProperties: false }),
    keys: Type.String({ default: 'keys', description: 'the folder of the private keys' }),
    database: DatabasePlace,
    logLevel: LogLevel,
  },
  { additionalProperties: false },
)

export type CenterFile = Static<typeof CenterFile>

/** The center's file, its paths made absolute. Throws `config-invalid` with the line. */
export async function readCenterFile(file: string): Promise<CenterFile> {
  const read = await readConfig(file, CenterFile)
  return { ...read, ...absolutePlaces(file, read), alerts: absoluteAlerts(file, read) }
}

export async function writeCenterFile(file: string, content: object): Promise<void> {
  const heading = '# The center of a country. Start it with: sapan center --config center.yaml\n'
  await writeWhole(file, heading + stringify(content), 0o600)
}

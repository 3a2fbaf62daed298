import { keyAlgorithms } from '../algorithm.ts'
import { algorithmOids } from './algorithms.ts'
import type { ApiVersion } from './credential.ts'
import type { Input } from './input.ts'
import type { SigningServiceOptions } from './options.ts'
import { methodNames } from './service.ts'

const specifications = { v1: '1.0.4.0', v2: '2.0.0.0' } as const

/** What the service is and can do (§11.1). Needs no token. */
export function info(options: SigningServiceOptions, version: ApiVersion, input: Input) {
  input.optionalString('lang', 35)
  const { name, description = name, region, logo = '', oauth2 } = options
  return {
    specs: specifications[version],
    name,
    logo,
    region,
    lang: 'en-US',
    description,
    authType: [oauth2 === undefined ? 'external' : 'oauth2code'],
    ...(oauth2 === undefined ? {} : { oauth2 }),
    ...(version === 'v2' ? infoV2(options) : {}),
    methods: ['info', ...methodNames(options, version), ...(oauth2 === undefined ? [] : oauthMethods)],
  }
}

/** Of the authorisation server that `oauth2` names. */
const oauthMethods = ['oauth2/authorize', 'oauth2/token', 'oauth2/revoke']

/** It signs digests and makes no signatures of documents: no formats, no levels. */
function infoV2({ asynchronous = true }: SigningServiceOptions) {
  const signs = keyAlgorithms.filter((each) => each !== 'ed25519')
  return {
    asynchronousOperationMode: asynchronous,
    signAlgorithms: { algos: algorithmOids(signs) },
    signature_formats: { formats: [], envelope_properties: [] },
    conformance_levels: [],
  }
}

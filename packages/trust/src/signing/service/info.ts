import { keyAlgorithms } from '../algorithm.ts'
import { algorithmOids } from './algorithms.ts'
import type { ApiVersion } from './credential.ts'
import type { Input } from './input.ts'
import { methodNames, type SigningServiceOptions } from './service.ts'

const specifications = { v1: '1.0.4.0', v2: '2.0.0.0' } as const

/** What the service is and can do (§11.1). Needs no token. */
export function info(options: SigningServiceOptions, version: ApiVersion, input: Input) {
  input.optionalString('lang', 35)
  const { name, description = name, region, logo = '', oauth2 } = options
  const signs = keyAlgorithms.filter((each) => each !== 'ed25519')
  return {
    specs: specifications[version],
    name,
    logo,
    region,
    lang: 'en-US',
    description,
    authType: oauth2 === undefined ? ['external'] : ['oauth2code', 'oauth2client'],
    ...(oauth2 === undefined ? {} : { oauth2 }),
    ...(version === 'v2'
      ? { asynchronousOperationMode: false, signAlgorithms: { algos: algorithmOids(signs) } }
      : {}),
    methods: ['info', ...methodNames(options)],
  }
}

import type { Result } from './suite.ts'

/** A module that ends otherwise than the suite would have it, and why that is right here. */
export interface Difference {
  readonly result: Result
  /** The suite's checks that may complain; another complaint is none that we know. */
  readonly checks: readonly string[]
  readonly why: string
}

const fewerClaims = {
  result: 'WARNING',
  checks: ['VerifyScopesReturnedInUserInfoClaims'],
} as const

export const differences: ReadonlyMap<string, Difference> = new Map([
  [
    'oidcc-discovery-endpoint-verification',
    {
      result: 'WARNING',
      checks: ['CheckDiscEndpointRequestObjectSigningAlgValuesSupportedIncludesRS256'],
      why: 'request objects are signed by the algorithms of FAPI 2.0 §5.4 only, for all clients; RS256 is a “should” of Discovery',
    },
  ],
  [
    'oidcc-server-client-secret-post',
    {
      result: 'FAILED',
      checks: ['EnsureServerConfigurationSupportsClientSecretPost', 'CheckTokenEndpointHttpStatus200'],
      why: 'a secret in the body is not offered (RFC 6749 §2.3.1: NOT RECOMMENDED); secrets go in the header',
    },
  ],
  ...[
    [
      'oidcc-scope-profile',
      'birthdate is a scope of its own; websites, pictures, nicknames are nothing that the state knows',
    ],
    ['oidcc-scope-email', 'the sandbox person has no confirmed address, and what is not known is absent'],
    ['oidcc-scope-address', 'no population register is there in this run, and what is not known is absent'],
    ['oidcc-alternate-happy-flow', 'as with the scopes of one claim each'],
  ].map(([module = '', why = '']): [string, Difference] => [module, { ...fewerClaims, why }]),
  [
    'fapi2-security-profile-final-test-claims-parameter-identity-claims',
    {
      result: 'WARNING',
      checks: ['CheckForUnexpectedClaimsInUserinfo', 'EnsureIdentityClaimsContainRequestedClaims'],
      why: 'names come in both languages (Core §5.2), and the suite knows no language tags; what a client may not ask for or is not known of the person is absent',
    },
  ],
])

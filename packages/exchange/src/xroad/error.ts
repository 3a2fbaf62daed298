import { type Problem, registeredProblems } from '@sapan/kernel'

/** X-Road's own shape of an error (its REST message protocol, §4.6). */
export interface XroadError {
  readonly type: string
  readonly message: string
  readonly detail: string
}

const clientFault = 'Client'
const atClient = 'Server.ClientProxy'
const atServer = 'Server.ServerProxy'

/** Types of X-Road's that say the same as a problem of ours. */
const types = new Map<string, string>([
  ['address-malformed', `${clientFault}.InvalidRequest`],
  ['path-malformed', `${clientFault}.InvalidRequest`],
  ['header-malformed', `${clientFault}.InvalidRequest`],
  ['header-duplicate', `${clientFault}.DuplicateHeaderField`],
  ['request-smuggling', `${clientFault}.InvalidRequest`],
  ['request-malformed', `${clientFault}.InvalidRequest`],
  ['request-incomplete', `${clientFault}.InvalidRequest`],
  ['request-not-json', `${clientFault}.InvalidBody`],
  ['body-too-large', `${clientFault}.InvalidBody`],
  ['method-not-supported', `${clientFault}.InvalidHttpMethod`],
  ['client-header-missing', `${clientFault}.MissingHeaderField`],
  ['client-header-duplicate', `${clientFault}.DuplicateHeaderField`],
  ['client-unknown', `${atClient}.UnknownMember`],
  ['client-not-allowed', `${atClient}.AccessDenied`],
  ['credential-required', `${atClient}.SslAuthenticationFailed`],
  ['credential-unknown', `${atClient}.SslAuthenticationFailed`],
  ['member-unknown', `${atClient}.UnknownMember`],
  ['service-unknown', `${atServer}.UnknownService`],
  ['operation-unknown', `${atServer}.UnknownService`],
  ['no-grant', `${atServer}.AccessDenied`],
  ['grant-expired', `${atServer}.AccessDenied`],
  ['grant-not-yet-valid', `${atServer}.AccessDenied`],
  ['grant-not-published', `${atServer}.AccessDenied`],
  ['purpose-required', `${atServer}.AccessDenied`],
  ['purpose-not-granted', `${atServer}.AccessDenied`],
  ['operation-not-granted', `${atServer}.AccessDenied`],
  ['query-not-granted', `${atServer}.AccessDenied`],
  ['rate-exceeded', `${atServer}.AccessDenied`],
  ['question-asked-too-often', `${atServer}.AccessDenied`],
  ['consent-required', `${atServer}.AccessDenied`],
  ['consent-invalid', `${atServer}.AccessDenied`],
  ['consent-expired', `${atServer}.AccessDenied`],
  ['consent-withdrawn', `${atServer}.AccessDenied`],
  ['consent-mismatch', `${atServer}.AccessDenied`],
  ['actor-invalid', `${atServer}.AccessDenied`],
  ['actor-withdrawn', `${atServer}.AccessDenied`],
  ['actor-required', `${atServer}.AccessDenied`],
  ['actor-scope-outside', `${atServer}.AccessDenied`],
  ['signature-missing', `${atServer}.MissingSignature`],
  ['signature-malformed', `${atServer}.MalformedSignature`],
  ['signature-invalid', `${atServer}.InvalidSignatureValue`],
  ['signature-key-unknown', `${atServer}.InvalidSignatureValue`],
  ['digest-mismatch', `${atServer}.InvalidSignatureValue`],
  ['signature-algorithm-unsupported', `${atServer}.MalformedSignature`],
  ['covered-header-missing', `${atServer}.MalformedSignature`],
  ['covered-header-unsigned', `${atServer}.MalformedSignature`],
  ['covered-header-duplicate', `${atServer}.MalformedSignature`],
  ['digest-missing', `${atServer}.MalformedSignature`],
  ['message-replayed', `${atServer}.InvalidMessage`],
  ['message-from-future', `${atServer}.InvalidMessage`],
  ['message-stale', `${atServer}.InvalidMessage`],
  ['message-for-another', `${atServer}.InvalidSecurityServer`],
  ['peer-certificate-missing', `${atServer}.SslAuthenticationFailed`],
  ['peer-certificate-unknown', `${atServer}.SslAuthenticationFailed`],
  ['peer-certificate-expired', `${atServer}.SslAuthenticationFailed`],
  ['peer-certificate-not-yet-valid', `${atServer}.SslAuthenticationFailed`],
  ['peer-certificate-revoked', `${atServer}.SslAuthenticationFailed`],
  ['peer-certificate-wrong-purpose', `${atServer}.SslAuthenticationFailed`],
  ['peer-not-for-member', `${atServer}.SslAuthenticationFailed`],
  ['answer-signature-missing', `${atClient}.MissingSignature`],
  ['answer-signature-invalid', `${atClient}.InvalidSignatureValue`],
  ['answer-digest-mismatch', `${atClient}.InconsistentResponse`],
  ['gateway-unreachable', `${atClient}.NetworkError`],
  ['gateway-untrusted', `${atClient}.SslAuthenticationFailed`],
  ['gateway-connection-lost', `${atClient}.NetworkError`],
  ['gateway-timeout', `${atClient}.NetworkError`],
  ['gateway-answer-invalid', `${atClient}.InconsistentResponse`],
  ['provider-without-gateway', `${atClient}.UnknownMember`],
  ['provider-unreachable', `${atServer}.ServiceFailed.NetworkError`],
  ['provider-connection-lost', `${atServer}.ServiceFailed.NetworkError`],
  ['provider-timeout', `${atServer}.ServiceFailed.NetworkError`],
  ['provider-answer-invalid', `${atServer}.ServiceFailed.HttpError`],
  ['provider-answer-too-large', `${atServer}.ServiceFailed.InvalidMessage`],
  ['answer-not-json', `${atServer}.ServiceFailed.InvalidMessage`],
  ['answer-duplicate-keys', `${atServer}.ServiceFailed.InvalidMessage`],
  ['answer-too-deep', `${atServer}.ServiceFailed.InvalidMessage`],
  ['answer-encoded', `${atServer}.ServiceFailed.InvalidMessage`],
  ['evidence-unavailable', `${atClient}.LoggingFailed`],
  ['directory-stale', `${atClient}.GlobalConfOutdated`],
  ['directory-stale-for-new-peer', `${atClient}.GlobalConfOutdated`],
  ['directory-unavailable', `${atClient}.GlobalConfOutdated`],
  ['gateway-stopping', `${atClient}.MaintenanceMode`],
  ['member-moving', `${atClient}.MaintenanceMode`],
])

/** X-Road's error type for a problem: for existing clients, which look at its beginning and its end. */
export function xroadType(code: string): string {
  const known = types.get(code)
  if (known !== undefined) return known
  const status = registeredProblems().get(code)?.status ?? 500
  return status < 500 ? `${clientFault}.InvalidRequest` : `${atClient}.InternalError`
}

/** A problem in X-Road's shape. `traceDetail` is the number under which the operator finds it. */
export function xroadError(problem: Problem, traceDetail: string): XroadError {
  const message = problem.detail ?? problem.type.title
  return {
    type: xroadType(problem.code),
    message: `${problem.type.title.en}. ${problem.detail ? `${message.en} ` : ''}(${problem.code})`,
    detail: traceDetail,
  }
}

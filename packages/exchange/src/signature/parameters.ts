import type { SignedMessage } from './message.ts'
import { inputOf } from './refusal.ts'
import type { SignatureParameters } from './signature-input.ts'

export type { SignatureParameters } from './signature-input.ts'

/** The signature's parameters. Throws Problem `signature-malformed` or `signature-algorithm-unsupported`. */
export function signatureParameters(message: SignedMessage): SignatureParameters {
  return inputOf(message.kind, message.signatureInput).parameters
}

/** Numbers of PKCS#11 (OASIS, version 2.40 and 3.0), by the names that they have there. */

export const classes = { certificate: 1, publicKey: 2, privateKey: 3 } as const

export const attributes = {
  class: 0x000,
  label: 0x003,
  value: 0x011,
  keyType: 0x100,
  id: 0x102,
  modulus: 0x120,
  publicExponent: 0x122,
  ecParams: 0x180,
  ecPoint: 0x181,
  alwaysAuthenticate: 0x202,
} as const

export const keyTypes = { rsa: 0x00, ec: 0x03, edwards: 0x40 } as const

export const mechanisms = { rsaPkcs: 0x0001, rsaPss: 0x000d, ecdsa: 0x1041, eddsa: 0x1057 } as const

/** CK_RSA_PKCS_PSS_PARAMS: hash mechanism and mask function. */
export const pssHashes = {
  sha256: { hash: 0x250, mask: 0x2 },
  sha384: { hash: 0x260, mask: 0x3 },
  sha512: { hash: 0x270, mask: 0x4 },
} as const

export const tokenFlags = {
  loginRequired: 0x0000_0004,
  protectedPath: 0x0000_0100,
  initialised: 0x0000_0400,
  pinCountLow: 0x0001_0000,
  pinFinalTry: 0x0002_0000,
  pinLocked: 0x0004_0000,
} as const

/** CK_RV, those that are told apart. */
export const results = {
  ok: 0x000,
  slotInvalid: 0x003,
  generalError: 0x005,
  functionFailed: 0x006,
  deviceError: 0x030,
  deviceRemoved: 0x032,
  functionCanceled: 0x050,
  keyHandleInvalid: 0x060,
  keySizeRange: 0x062,
  keyTypeInconsistent: 0x063,
  keyFunctionNotPermitted: 0x068,
  mechanismInvalid: 0x070,
  mechanismParamInvalid: 0x071,
  objectHandleInvalid: 0x082,
  operationActive: 0x090,
  operationNotInitialised: 0x091,
  pinIncorrect: 0x0a0,
  pinInvalid: 0x0a1,
  pinLengthRange: 0x0a2,
  pinExpired: 0x0a3,
  pinLocked: 0x0a4,
  sessionClosed: 0x0b0,
  sessionHandleInvalid: 0x0b3,
  tokenNotPresent: 0x0e0,
  tokenNotRecognised: 0x0e1,
  alreadyLoggedIn: 0x100,
  notLoggedIn: 0x101,
  userPinNotInitialised: 0x102,
  notInitialised: 0x190,
  alreadyInitialised: 0x191,
} as const

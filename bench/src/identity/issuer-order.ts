/** What the process of Sapan's issuer is told. Secrets are of this run alone. */
export interface IssuerOrder {
  readonly port: number
  readonly databaseUrl: string
  /** Of 32 bytes each, base64url. */
  readonly sealKey: string
  readonly hashKey: string
  /** Sapan's own pages with passkeys, or the least page that goes through the interactions (`told`). */
  readonly pages: 'own' | 'told'
}

/** What the process of the bare oidc-provider is told. */
export interface BareOrder {
  readonly port: number
  readonly client: { readonly id: string; readonly secret: string }
  /** Public, as a JWK Set. */
  readonly systemKeys: { readonly keys: readonly Readonly<Record<string, string>>[] }
}

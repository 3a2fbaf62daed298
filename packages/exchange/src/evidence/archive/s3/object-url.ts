/** Where the objects of a bucket are. */
export interface BucketAddress {
  /** The store's own address: `https://s3.example`. */
  readonly endpoint: string
  readonly bucket: string
  /** Before each name, without a slash at its end; may be empty. */
  readonly prefix: string
  /** `path`: `https://s3.example/bucket/name`; `virtual-host`: `https://bucket.s3.example/name`. */
  readonly addressing: 'path' | 'virtual-host'
}

/** The address of one object. Each byte of its path that is not unreserved (RFC 3986) is encoded, as signing wants it. */
export function objectUrl({ endpoint, bucket, prefix, addressing }: BucketAddress, name: string): URL {
  const url = new URL(endpoint)
  if (addressing === 'virtual-host') url.hostname = `${bucket}.${url.hostname}`
  const below = [addressing === 'path' ? bucket : '', prefix, name].filter((part) => part !== '').join('/')
  url.pathname = `${url.pathname.replace(/\/$/, '')}/${below.split('/').map(encoded).join('/')}`
  return url
}

function encoded(segment: string): string {
  return encodeURIComponent(segment).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

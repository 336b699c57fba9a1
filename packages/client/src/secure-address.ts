const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' ||
  hostname.endsWith('.localhost') ||
  hostname === '[::1]' ||
  /^127\.\d+\.\d+\.\d+$/.test(hostname)

/** Whether an address is of this machine itself. */
export const isOfThisMachine = (url: string): boolean =>
  URL.canParse(url) && isLoopback(new URL(url).hostname)

/** Whether what signs a request in may be sent to an address: encrypted, or not beyond this machine. */
export const isSecureAddress = (url: string): boolean =>
  new URL(url).protocol === 'https:' || isOfThisMachine(url)

/** What signs a request in would go over the network in the clear. */
export class InsecureAddressError extends Error {
  override readonly name = 'InsecureAddressError'
  readonly origin: string

  constructor(origin: string) {
    super(`${origin} is not https: what signs you in would be sent in the clear`)
    this.origin = origin
  }
}

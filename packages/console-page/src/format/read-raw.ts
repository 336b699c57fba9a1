/** The bytes of a message as text, as far as they are any: what is no UTF-8 shows as the sign for it. */
export const readRaw = (base64: string): string => {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0)))
  } catch {
    return base64
  }
}

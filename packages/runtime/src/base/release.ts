/** The release that this is, as the API document shows it; the same as in package.json, which a bundle does not have. */
export const RELEASE = '0.1.0'

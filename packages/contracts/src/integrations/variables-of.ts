/** The environment variables of one row of the list. */
export type IntegrationVariables = {
  url: string
  token: string
  username: string
  password: string
  secret: string
  caFile: string
  certFile: string
  keyFile: string
  pushUrl: string
  auth: string
  authHeader: string
  authTokenUrl: string
  authClientId: string
  authClient: string
  authScope: string
  authAudience: string
}

/** How the variables of an integration or destination are called: its name in upper case, with `_` for `-`. */
export const variablesOf = (name: string): IntegrationVariables => {
  const prefix = name.toUpperCase().replaceAll('-', '_')
  return {
    url: `${prefix}_URL`,
    token: `${prefix}_TOKEN`,
    username: `${prefix}_USERNAME`,
    password: `${prefix}_PASSWORD`,
    secret: `${prefix}_SECRET`,
    caFile: `${prefix}_CA_FILE`,
    certFile: `${prefix}_CERT_FILE`,
    keyFile: `${prefix}_KEY_FILE`,
    pushUrl: `${prefix}_PUSH_URL`,
    auth: `${prefix}_AUTH`,
    authHeader: `${prefix}_AUTH_HEADER`,
    authTokenUrl: `${prefix}_AUTH_TOKEN_URL`,
    authClientId: `${prefix}_AUTH_CLIENT_ID`,
    authClient: `${prefix}_AUTH_CLIENT`,
    authScope: `${prefix}_AUTH_SCOPE`,
    authAudience: `${prefix}_AUTH_AUDIENCE`,
  }
}

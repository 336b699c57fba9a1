const SECRETS = ['authorization', 'cookie', 'password', 'secret', 'token', 'accessToken', 'idToken']
const PERSONAL = ['contact', 'document', 'email', 'name', 'phone', 'taxId']

// Where somebody may log a whole object one day. Named, because a wildcard is looked for in every field of every line.
const SECRET_HOLDERS = ['config', 'env', 'headers', 'options', 'req.headers', 'request.headers']
const PERSONAL_HOLDERS = ['body', 'center', 'data', 'event.data', 'registration', 'req.body', 'stored.center']

const underEach = (holders: readonly string[], keys: readonly string[]): string[] =>
  holders.flatMap((holder) => keys.map((key) => `${holder}.${key}`))

/**
 * What never leaves in a line, by path. The second wall: the first is that lines are made of ids, states and counts, and
 * hold no data at all.
 */
export const REDACT_PATHS: string[] = [
  ...SECRETS,
  ...PERSONAL.filter((key) => key !== 'name'),
  ...underEach(SECRET_HOLDERS, SECRETS),
  ...underEach(PERSONAL_HOLDERS, PERSONAL),
]

import { STATE_WORDS } from '@mensageria/contracts/words'
import { problemTitles } from './problem-titles.ts'
import { headOf } from './word-of.ts'

const DELIVERED = headOf(STATE_WORDS.delivered, 'en')

const deliveries = (count: string): string => (count === '1' ? 'delivery' : 'deliveries')

/** What the command says in English. */
export const EN = {
  usage: 'Registers distribution centers, and shows and operates their deliveries.',
  epilogue: `Exit codes: 0 done; 1 something was invalid, rejected or not found; 2 the command, its configuration or a file is wrong;
3 unreachable or unauthenticated: safe to retry; 130 ended by Ctrl-C.

Environment: MENSAGERIA_URL, MENSAGERIA_CONSOLE_URL, MENSAGERIA_SIGN_IN, MENSAGERIA_TOKEN, LANG, NO_COLOR.`,
  commands: {
    register: 'Register one center from a JSON file (- reads standard input)',
    update: 'Change a registered center: the JSON file holds all of it, and its CNPJ says which one',
    import:
      'Register every center of a CSV or JSON file (- reads standard input); run it again after an interruption and it goes on',
    centers: 'List distribution centers, newest first',
    deliveries: 'Find deliveries by system, state and cause',
    story: 'Show what happened to one center (its id, CNPJ, code or the start of its name)',
    integrations: 'Show the health of each system',
    redrive: 'Send deliveries again: counts first, and asks',
    redrives: 'List redrives, or see, pause, resume or cancel one',
    pause: 'Pause every call to one system',
    resume: 'Resume a paused system',
    watch: 'Show the health of each system, live; --json writes each event as a line',
    audit: 'Show who changed what, when and why',
    unreadable: 'List messages that nobody can read, as they came',
    doctor: 'Check configuration, the service, and what it stands on',
    completion: 'Print a script that completes commands in your shell',
  },
  options: {
    url: 'Address of the API [MENSAGERIA_URL]',
    consoleUrl: 'Address of the operations API where it is another one [MENSAGERIA_CONSOLE_URL]',
    signIn:
      'google sends an identity token, as Cloud Run asks for [MENSAGERIA_SIGN_IN; or a token in MENSAGERIA_TOKEN]',
    timeout: 'Seconds to keep trying',
    json: 'Write JSON',
    lang: 'Language',
    q: 'Start of name, code or CNPJ',
    state: 'State',
    uf: 'State of Brazil, for example SP',
    cityCode: 'IBGE code of the city',
    limit: 'Rows at most',
    integration: 'Name of the system',
    kind: 'Kind of failure',
    cause: 'Cause of the failure, for example http-503',
    since: 'Last attempt at or after this time (RFC 3339)',
    until: 'Last attempt before this time (RFC 3339)',
    reason: 'Why; kept in the audit log',
    states: 'States; parked and rejected unless given',
    center: 'Id of one center',
    force: 'Delivered ones too',
    rate: 'Deliveries a second at most',
    dryRun: 'Only count and show some',
    yes: 'Do not ask',
    concurrency: 'Requests at once',
    rejects: 'File for the rejected rows (beside the input unless given)',
    seen: 'Version that you have seen: nothing is changed where somebody was faster',
    restart: 'Begin anew and forget an earlier, interrupted import of this file',
  },
  errors: {
    unreachable: (origin: string, code: string) =>
      `No answer from ${origin} (${code}). Is it running (npm start)? Another address: --url or MENSAGERIA_URL. More: mensageria doctor`,
    signIn: (reason: string) =>
      `${reason}. Sign in: --sign-in google with credentials of Google Cloud, or a token in MENSAGERIA_TOKEN`,
    forbidden: (reason: string) =>
      `${reason}. Your account lacks the role for this: ask who keeps API_ROLES. Who you are: mensageria doctor`,
    away: (reason: string) => `${reason}. Nothing is lost: try the same again in a moment`,
    unexpectedAnswer: (status: number) =>
      `The answer ${status} is not one of this API, but of something before it: look at the address, or try again later`,
    redirect: (origin: string, status: number, host: string) =>
      `${origin} answers ${status} and leads to ${host === '' ? 'nowhere' : host}, which is not followed: your sign-in is for ${origin} alone. Give the right address (--url), or sign in: --sign-in google, or a token in MENSAGERIA_TOKEN`,
    notEncrypted: (origin: string) =>
      `${origin} is not https, so your token would be sent in the clear: nothing was sent. Give an https address; http is for this machine only`,
    urlCredentials: (origin: string) =>
      `The address has a name or a password in it: give ${origin} alone, and a token in MENSAGERIA_TOKEN`,
    field: (detail: string) => detail,
    existing: (id: string, version: number) => `it is ${id}, version ${version}`,
    noFile: (path: string) => `There is no file ${path}`,
    isThere: (path: string) => `${path} is there already, and is not overwritten: move it away`,
    noAccess: (path: string) => `${path} cannot be read or written: look at its permissions`,
    noUse: (path: string, code: string) => `${path} cannot be used as a file (${code})`,
    largeRegistration: (file: string) =>
      `${file} is larger than one registration can be; a list goes through import`,
    notEmpty: (flag: string) => `${flag} is empty: give it a value, or leave it out`,
    notPositive: (option: string) => `${option} must be a number above 0`,
    noIntegration: (name: string, names: string) => `No system is called ${name}. There are: ${names}`,
    urlPath: (url: string, origin: string) => `${url} has a path: give the address alone, ${origin}`,
    unknownVariable: (name: string, meant: string) =>
      `${name} is set, but this command does not read it: set ${meant}, or remove it`,
    emptyVariable: (name: string) => `${name} is empty: give it a value, or remove it`,
    badProxy:
      'HTTPS_PROXY or HTTP_PROXY is not the address of a proxy: it must be like http://proxy.example.com:3128',
    badSignIn: 'MENSAGERIA_SIGN_IN must be google or none',
    noConsole:
      'At this address is the registration API alone: give that of the console, --console-url or MENSAGERIA_CONSOLE_URL',
    notUrl: (url: string) => `${url} is not an address: write http://127.0.0.1:8080`,
    notWritten: (code: string) =>
      `Not everything could be written to the output (${code}): the command itself is done`,
    diskFull: 'The disk is full: make room and run the same again',
    notJson: (detail: string) => `This is not JSON: ${detail}`,
    defect: (stack: string) => `This is a bug in the CLI, please report it:\n${stack}`,
    usage: (message: string, command: string) => `${message}\nHelp: mensageria ${command}--help`,
    notFound: (asked: string) => `No center fits ${asked}`,
    ambiguous: (asked: string, count: number) => `${count} centers fit ${asked}; take the id of one:`,
  },
  problems: problemTitles('en'),
  heads: {
    centers: ['ID', 'NAME', 'CODE', 'CNPJ', 'CITY', 'VERSION', 'SINCE'],
    deliveries: ['SYSTEM', 'CENTER', 'STATE', 'ATTEMPTS', 'LAST ATTEMPT', 'CAUSE', 'NEXT ATTEMPT'],
    audit: ['WHEN', 'WHO', 'WHAT', 'OF', 'REASON'],
    unreadable: ['RECEIVED', 'SYSTEM', 'WHY', 'BEGINS WITH'],
    doctor: ['', 'WHAT', 'FOUND'],
    redrives: ['ID', 'STATE', 'WHAT', 'DONE', DELIVERED, 'FAILED', 'SKIPPED', 'BY', 'SINCE', 'REASON'],
    integrations: [
      'SYSTEM',
      'HEALTH',
      'OPEN',
      headOf(STATE_WORDS.rejected, 'en'),
      DELIVERED,
      'OLDEST UNDELIVERED',
      'LAST FAILURE',
      'GOES TO',
      'NOTE',
    ],
  },
  pause: {
    pause: (system: string, health: string, name: string) =>
      `${system}: ${health}. Nothing is called until: mensageria resume ${name}`,
    notPaused: (name: string, health: string) =>
      `${name}: ${health}. It was not paused: nothing has changed.`,
    resume: (name: string, health: string) => `${name}: ${health}. What was kept is sent automatically.`,
  },
  redrive: {
    atLeast: (count: string) => `at least ${count}`,
    found: (count: string) => `${count} ${deliveries(count)} would be sent again.`,
    confirm: (count: string) => `Send ${count} ${deliveries(count)} again? [y/N] `,
    sayWhat: 'Say what to send: --integration, --cause or --center (everything at once is never meant)',
    sayYes: 'Not a terminal: pass --yes',
    nothingDone: 'Nothing was sent.',
    none: 'The filter means no delivery at all.',
    noneOf: (total: string, states: string) => `0 of ${total} match: ${states}.`,
    sendWaiting: 'To send the waiting ones: --states waiting',
    sendRetrying: 'The retrying ones are sent automatically. To send them now: --states retrying',
    sendOlder: (count: string) =>
      `${count} ${count === '1' ? 'center' : 'centers'} from before the since of the system ${count === '1' ? 'is' : 'are'} not its own. To send them: --states waiting`,
    sendDelivered: 'To send delivered ones again: --states delivered --force',
    created: (id: string) => `Started. Track it: mensageria redrives ${id}`,
  },
  redrives: {
    done: (done: string, total: string, more: boolean) =>
      more ? `${done} of at least ${total}` : `${done} of ${total}`,
  },
  doctor: {
    levels: { ok: 'ok', warn: 'look', fail: 'WRONG' },
    ready: 'is there and ready',
    notReady: 'is there but not ready: wait a moment, or look at its log',
    otherProgram: (status: number) =>
      `answers ${status}, which is not Mensageria: look at the address and at PORT`,
    unreachable: 'no answer: start it (npm start), or give its address (--url, MENSAGERIA_URL)',
    who: 'sign-in',
    signedIn: (id: string, roles: string) => `you are ${id}, with ${roles}`,
    nobodySignsIn: 'nobody signs in here: everybody may do everything',
    noRoles: (id: string) => `you are ${id}, without a role: ask who keeps API_ROLES`,
    simulated: (name: string) =>
      `a simulator takes its deliveries: the address of ${name} is not set, or SIMULATE names it`,
    targetThere: 'its broker lets us in, and its target is there',
    noData: 'is not there yet: the first start makes it',
    noAccess: 'cannot be read and written by you: look at its owner, or set DATA_DIR',
    data: (size: string, free: string) => `may be written; database ${size}, ${free} free`,
    subscription: (name: string) => `subscription ${name}`,
    noSubscription: 'is missing: terraform apply, or npm run dev with emulators',
    noTopic: 'belongs to a topic that is gone: terraform apply',
    noPush: 'has no push endpoint',
    noDeadLetters: 'has no dead-letter topic',
    noRetry: 'has no retry policy',
    expires: 'is deleted after 31 idle days: give it an expiration policy without ttl',
    subscriptionRight: 'is right',
    agentMay: 'Pub/Sub may publish dead letters',
    agentMayNot:
      'Pub/Sub may not publish dead letters: roles/pubsub.publisher for service-NUMBER@gcp-sa-pubsub.iam.gserviceaccount.com',
    agentMayTake: 'Pub/Sub may take dead letters off it',
    agentMayNotTake:
      'Pub/Sub may not take dead letters off it: roles/pubsub.subscriber for service-NUMBER@gcp-sa-pubsub.iam.gserviceaccount.com',
    mayNotLook:
      'you may not look: roles/pubsub.viewer, and for its grants roles/iam.securityReviewer, is needed',
    answered: (status: number) => `answered ${status}`,
    noProject: 'is not set, and Pub/Sub needs it',
    noEmulator: 'no answer: npm run dev starts the emulators',
    noCredentials: 'there are no credentials: gcloud auth application-default login',
  },
  watch: {
    head: (accepted: string, counts: string) =>
      `${accepted} ${accepted === '1' ? 'center' : 'centers'}; deliveries: ${counts}`,
    end: 'Ctrl-C ends.',
    notLive: (reason: string, seconds: number) => `Not live: ${reason}. Next try in ${seconds} s.`,
    liveAgain: 'Live again.',
    broken: (url: string) => `the connection to ${url} broke off`,
  },
  register: {
    created: (name: string, id: string) => `Registered: ${name}, ${id}`,
    same: (name: string, id: string) => `Registered before with the same data: ${name}, ${id}`,
    next: (id: string) => `Track it: mensageria story ${id}`,
    change: (file: string) => `To change it: mensageria update ${file}`,
  },
  update: {
    noTaxId: 'The file has no taxId (a text), which says what center is meant',
    changed: (name: string, version: number) => `Changed: ${name} is at version ${version}`,
    same: (name: string, version: number) => `It has these data already: ${name}, version ${version}`,
  },
  list: {
    nothing: 'Nothing found.',
    soon: 'any moment',
    more: (count: number) =>
      count === 1 ? 'The first one; more with --limit.' : `The first ${count}; more with --limit.`,
  },
  integrations: {
    paused: (by: string, reason: string) => `paused by ${by}: ${reason}`,
    next: (duration: string) => `next attempt in ${duration}`,
    window: (size: number) => `${size} at a time`,
    asOf: (at: string) => `Counted at ${at}.`,
    backfillPlanned: (count: string, at: string, rate: string) =>
      `${count} older ${count === '1' ? 'center' : 'centers'} from about ${at}, ${rate} a second at most`,
    backfillRuns: (done: string, count: string) => `older centers: ${done} of ${count}`,
    backfillPaused: (done: string, count: string) => `older centers: ${done} of ${count}, paused`,
    beforeSince: (count: string) => `without ${count} older ${count === '1' ? 'center' : 'centers'}`,
  },
  story: {
    registered: (at: string, version: number) => `registered ${at}, now version ${version}`,
    attempt: (result: string, ms: string, trigger: string) => `${result} after ${ms} (${trigger})`,
    nothingYet: 'no attempt yet',
    next: (at: string) => `next attempt ${at}`,
    given: (duration: string) => `parked in ${duration} at the latest; then recovery goes on`,
    parked: 'kept, and sent automatically when the system is back',
    rejected:
      'rejected by the system: correct the data (mensageria update) or send it again (mensageria redrive)',
  },
  import: {
    bar: (done: string, rate: string, left: string, rejected: string) =>
      `${done} ${done === '1' ? 'row' : 'rows'}, ${rate} a second, ${left}, ${rejected} rejected`,
    left: (duration: string) => `${duration} left`,
    resumed: (rows: string) => `Going on after row ${rows} of an interrupted import.`,
    summary: (registered: string, same: string, rejected: string) =>
      `${registered} registered, ${same} already there, ${rejected} rejected.`,
    rejects: (file: string) => `The rejected rows, each with its reason: ${file}`,
    doneBefore: (at: string) => `This file was imported ${at}: nothing was sent. To send it again: --restart`,
    interrupted: (rows: string) =>
      `Interrupted after ${rows} rows; nothing is lost. Run the same command again and it goes on.`,
    refused: (file: string, why: string) => `${file}: nothing was sent. ${why}`,
    changed: 'The file is another one than in the import that was interrupted. Begin anew with --restart',
    runsTwice: (file: string) => `Another import of ${file} is running: wait for its end`,
    changedMeanwhile: (file: string, rows: string) =>
      `${file} was changed while it was imported: stopped after row ${rows}. Save it, then run it with --restart; what is registered stays`,
    otherDatabase:
      'The database does not have the rows of an earlier import of this file (it is another one, or an older backup): all rows are sent.',
    foreignProgress: (file: string) =>
      `${file} is no progress of an import: move it away, it is not overwritten`,
    rejectsIsInput: (file: string) =>
      `--rejects ${file} is the file that is imported, or its progress: name another one`,
    rejectsExists: (file: string) =>
      `${file} is there already and is not overwritten: move it away, or name another file with --rejects`,
    rejectsChanged: (file: string) =>
      `${file} was changed since the import wrote it, and is not overwritten: move it away, or name another file with --rejects`,
    checking: 'The whole file is checked before its first row is sent.',
    folder: (path: string) => `${path} is a folder: name the file`,
  },
}

/** Everything that the command says, in one language. */
export type Texts = typeof EN

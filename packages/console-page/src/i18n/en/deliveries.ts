import type { Texts } from '../texts.ts'

/** The words of how deliveries and systems fare, in English. */
export const deliveries: Pick<Texts, 'stateHint' | 'fact' | 'cause' | 'advice'> = {
  stateHint: {
    waiting: 'This version has not been sent yet.',
    delivering: 'It is being sent now.',
    retrying: 'It failed for a temporary cause; the broker delivers it again.',
    parked:
      'The attempts of the broker are used up. It is sent automatically when the system is back; nothing is lost.',
    rejected: 'The system rejected the data of this center. Correct the registration.',
    delivered: 'This version is in the system.',
    simulated:
      'A simulator answered; the system itself has nothing of it, and gets it once it has an address.',
  },
  fact: {
    since: '{{health}} for {{duration}}',
    recovering: 'the system is back, its backlog is on the way',
    window_one: '{{count}} at a time',
    window_other: '{{count}} at a time',
    healthy: 'all is well',
    idle: 'ready, nothing sent yet',
    lastSuccess: 'last delivery {{duration}} ago',
    pausedFor: '{{health}} {{duration}} ago by {{by}} ({{reason}})',
    waiting_one: '{{count}} center waiting',
    waiting_other: '{{count}} centers waiting',
    rejected_one: '{{count}} rejected: correct the registration',
    rejected_other: '{{count}} rejected: correct the registrations',
    nextIn: 'next attempt in {{duration}}',
    nextSoon: 'next attempt now',
  },
  cause: {
    timeout: 'The request went out and no answer came in time',
    'connect-timeout': 'The system did not take the connection in time',
    'connection-refused': 'The system takes no connections',
    'connection-reset': 'The connection broke off',
    unreachable: 'There is no network path to the system',
    network: 'The network failed',
    dns: 'The name of the system is not in the DNS',
    tls: 'The certificate of the system is not accepted',
    'invalid-response': 'The answer is no valid HTTP',
    'unexpected-body': 'It answered success with a content that makes no sense',
    'client-closed': 'The connection was closed on our side',
    aborted: 'The call was cut off on our side',
    defect: 'A defect of our own code',
    credentials: 'It does not accept our credentials (HTTP {{status}})',
    token: 'No token for it could be had ({{code}})',
    address: 'The address is not the right one (HTTP {{status}})',
    'too-many': 'It asked for fewer calls (HTTP {{status}})',
    'server-error': 'The system has an error (HTTP {{status}})',
    http: 'Unexpected answer (HTTP {{status}})',
    rejected: 'The system rejected the data ({{code}})',
    held: 'Not called: the system is paused, or its time has not come',
    other: 'Another cause ({{code}})',
  },
  advice: {
    timeout:
      'Ask the owner of the system whether it is slow. The next attempt looks up before it creates again.',
    'connect-timeout': 'Tell the owner of the system. The backlog goes by itself when it answers.',
    'connection-refused':
      'Tell the owner of the system: it is off, or behind a block. The backlog goes by itself.',
    'connection-reset': 'Tell the owner of the system. The next attempt looks up before it creates again.',
    unreachable: 'Look at the network and the firewall between us and the system.',
    network: 'Look at the network between us and the system.',
    dns: 'Check the configured address of the system, and the DNS.',
    tls: 'The owner of the system must renew or correct the certificate.',
    'invalid-response': 'Tell the owner of the system: something on the way answers in its place.',
    'unexpected-body':
      'Tell the owner of the system: its interface has changed. Nothing counts as delivered.',
    'client-closed': 'Nothing to do: it comes from a restart of ours and is tried again.',
    aborted: 'Nothing to do: it comes from a restart of ours and is tried again.',
    defect: 'Tell the developers of Mensageria, with a sample.',
    token:
      'Check the token endpoint and the client of this system. Nothing was sent; the backlog goes by itself.',
    credentials: 'Change the token of this system. The backlog goes by itself after the first success.',
    address: 'Correct the address of the system. The backlog goes by itself after the first success.',
    'too-many': 'Nothing to do: calls already wait as long as the system asked.',
    'server-error':
      'Tell the owner of the system. When it is back the backlog goes by itself: one first, then more.',
    http: 'Ask the owner of the system what this answer means.',
    rejected:
      'Read the message. If the data is wrong, correct the registration: the new version goes by itself. If the system was wrong, redrive once it is corrected.',
    held: 'Resume the system: what was kept is sent automatically.',
    other: 'Look at a sample and talk to the owner of the system.',
  },
}

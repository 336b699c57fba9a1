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
    unroutable: 'No queue is bound to {{target}} for the routing key',
    'no-target': 'There is no {{target}}',
    'no-access': 'We may not send to {{target}}',
    'sign-in': 'Signing in failed',
    'no-token': 'The service that gives us tokens does not answer',
    throttled: 'It asked for fewer messages',
    busy: 'The broker takes no messages at the moment',
    'wrong-service': 'At this address is another service',
    clock: 'Its clock and ours differ too much',
    proxy: 'The proxy does not let us through',
    'bad-request': 'The broker does not take our messages as they are',
    'broker-error': 'The broker has an error',
    'too-large': 'The message is larger than the broker takes',
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
    unroutable:
      'Ask the owner of {{target}} to bind a queue for the routing key in the message. The backlog goes by itself then.',
    'no-target':
      'Ask its owner to create it, or correct the target in the row of the list and start again. The backlog goes by itself then.',
    'no-access':
      'Check user and password, and ask the owner of {{target}} to let our user or account send to it. The backlog goes by itself then.',
    'sign-in':
      'Correct the user, password or token of this system in its variables, and start again. The backlog goes by itself then.',
    'no-token':
      'Nothing to do while it lasts for minutes only. Else tell who runs the service that gives the tokens.',
    throttled: 'Nothing to do: it is sent more slowly. Where it lasts, ask the owner for a higher quota.',
    busy: 'Tell the owner of the broker. When it takes messages again the backlog goes by itself.',
    'wrong-service': 'Correct the address and port of the target in the row of the list, and start again.',
    clock: 'Set the clock of this machine by NTP; the backlog goes by itself then.',
    proxy: 'Ask who runs the proxy to let calls to this address through.',
    'bad-request':
      'Read the message: it names the rule of the topic, queue or broker. Ask its owner whether the rule is meant.',
    'broker-error': 'Tell the owner of the broker, with a sample. It is tried again by itself.',
    'too-large': 'Ask the owner of the broker for a higher limit, or shorten the registration; then redrive.',
    other: 'Look at a sample and talk to the owner of the system.',
  },
}

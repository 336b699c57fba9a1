/** What `npm run dev -- --help` says, and `help` while it runs. */
export const HELP = `npm run dev    starts the emulators, the topology, the simulated systems and every service, until Ctrl-C

  npm run dev -- --data DIR   begins with the data that DIR has, and saves it there at the end (Ctrl-C, SIGTERM).
                              After a crash DIR has what was saved before. Messages of Pub/Sub are not kept: the
                              sweeper brings what is not delivered. A simulator keeps nothing.

While it runs, type:
  restart NAME   ends one service (SIGTERM) and starts it again; the others go on
  kill NAME      ends it as a crash would (SIGKILL), and leaves it away
  start NAME     brings it back
  save           saves to DIR now
  help           says this again

It reads the same variables as npm start:
  PORT                            where the registration API listens (8080)
  INTEGRATIONS_FILE               the list; a row with a kind is a destination, a process of its own with the row's name
  NAME_URL and NAME_TOKEN         a real system, SIMULATE those that a simulator plays; with neither, all are simulated
  SWEEP_INTERVAL, RETRY_MIN_BACKOFF, RETRY_MAX_BACKOFF, MAX_DELIVERY_ATTEMPTS, RECOVERY_MIN_INTERVAL,
  RECOVERY_MAX_INTERVAL, RETIRE_AFTER, SWEEP_BUDGET, STATS_INTERVAL, LOG_LEVEL, RATE_LIMIT and all others
With FIRESTORE_EMULATOR_HOST and PUBSUB_EMULATOR_HOST the emulators that run there are used, and left running.`

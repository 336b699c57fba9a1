// Fetches the brokers of the tests that this machine lacks, in the background of `npm test`: the first checks need none of them.
// A test that comes first waits for its end.
import { fetchBrokers } from '@mensageria/testkit/fetch-brokers'

await fetchBrokers()

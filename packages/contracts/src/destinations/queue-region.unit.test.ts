import { SqsTarget } from './aws.ts'
import { isFormerQueueUrl, queueRegionOf } from './queue-region.ts'

const PATH = '/123456789012/centers'

test.each([
  ['https://sqs.sa-east-1.amazonaws.com', 'sa-east-1', false],
  ['https://sqs.cn-north-1.amazonaws.com.cn', 'cn-north-1', false],
  ['https://sqs.us-gov-west-1.amazonaws.com', 'us-gov-west-1', false],
  ['https://sqs-fips.us-gov-east-1.amazonaws.com', 'us-gov-east-1', false],
  ['https://sqs.us-iso-east-1.c2s.ic.gov', 'us-iso-east-1', false],
  ['https://sqs.eu-west-1.api.aws', 'eu-west-1', false],
  ['https://vpce-0a1b-2c3d.sqs.ap-southeast-2.vpce.amazonaws.com', 'ap-southeast-2', false],
  ['https://queue.amazonaws.com', 'us-east-1', true],
  ['https://sa-east-1.queue.amazonaws.com', 'sa-east-1', true],
  ['https://cn-northwest-1.queue.amazonaws.com.cn', 'cn-northwest-1', true],
  ['http://127.0.0.1:5000', undefined, false],
  ['https://sqs.example.com', undefined, false],
])('%s says the region %s', (origin, region, isFormer) => {
  expect(queueRegionOf(origin + PATH)).toBe(region)
  expect(isFormerQueueUrl(origin + PATH)).toBe(isFormer)
})

const faultsOf = (target: unknown) =>
  (SqsTarget.safeParse(target).error?.issues ?? []).map(
    ({ path, message }) => `${path.join('.')}: ${message}`,
  )

test.each([
  [{ queue_url: `http://localhost:9324${PATH}.fifo`, region: 'sa-east-1' }, []],
  [{ queue_url: `https://sqs.sa-east-1.amazonaws.com${PATH}`, region: 'sa-east-1' }, []],
  [{ queue_url: `http://127.0.0.1:1${PATH}` }, [/^region: Must be given: .*sa-east-1$/]],
  [
    { queue_url: `https://sqs.sa-east-1.amazonaws.com${PATH}`, region: 'us-east-1' },
    [/^region: Must be left out or be sa-east-1/],
  ],
  [{ queue_url: `http://sqs.sa-east-1.amazonaws.com${PATH}` }, [/^queue_url: Must be https/]],
  [{ queue_url: 'https://sqs.sa-east-1.amazonaws.com/centers' }, [/^queue_url: Must end with the account/]],
  [{ queue_url: `https://sqs.sa-east-1.amazonaws.com${PATH}.fifo.fifo` }, [/^queue_url: Must end with/]],
  [
    { queue_url: 'arn:aws:sqs:sa-east-1:123456789012:centers' },
    [/^queue_url: Must be an address like https/],
  ],
])('the target %j is refused with %j', (target, words) => {
  expect(faultsOf(target)).toEqual(words.map((word) => expect.stringMatching(word)))
})

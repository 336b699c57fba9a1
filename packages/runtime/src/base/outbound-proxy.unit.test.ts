import { grpcVariablesOf, outboundProxyOf } from './outbound-proxy.ts'

const grpcOf = (env: Record<string, string>) => {
  const proxy = outboundProxyOf(env)
  return proxy && grpcVariablesOf(proxy)
}

test.each(['HTTPS_PROXY', 'https_proxy'])(
  'gRPC goes through the proxy of %s, and past it to this machine',
  (name) => {
    expect(grpcOf({ [name]: 'http://proxy.example:3128', NO_PROXY: '.internal' })).toEqual({
      grpc_proxy: 'http://proxy.example:3128/',
      no_grpc_proxy: expect.stringMatching(/^\.internal,localhost,.*127\.0\.0\.1/),
    })
  },
)

test('a proxy for http:// alone is none of gRPC', () => {
  expect(grpcOf({ HTTP_PROXY: 'http://proxy.example:3128' })).not.toHaveProperty('grpc_proxy')
  expect(grpcOf({})).toBeUndefined()
})

export { ALL_METHODS, askOddly, askRaw, faultOf } from './ask-raw.ts'
export { ODD_REQUESTS } from './odd-requests.ts'

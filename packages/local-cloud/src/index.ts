export { DataFolderError, openDataFolder } from './data-folder.ts'
export type { DataFolder } from './data-folder.ts'
export { startLocalCloud } from './start-local-cloud.ts'
export type { LocalCloud, LocalCloudOptions } from './start-local-cloud.ts'

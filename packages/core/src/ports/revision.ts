/** Names one state of one stored thing; a write that expects another revision changes nothing. */
export type Revision = string

// Remote calls between threads: `serve` an object on one side, `connect` to it on the other.
export { connect } from './connect.ts';
export type { Connection, Remote } from './connect.ts';
export type { Endpoint } from './endpoint.ts';
export { serve } from './serve.ts';
export { transfer } from './transfer.ts';

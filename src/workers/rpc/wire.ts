// The messages of the remote calls, and the guards that tell them from other traffic on the same endpoint.
import type { EncodedError } from './errors.ts';

/** Where in the arguments a signal or a callback was taken out: argument index, then property names. */
export type SlotPath = [index: number, ...keys: string[]];

export interface CallMessage {
  rpc: 'call';
  id: number;
  method: string;
  args: unknown[];
  signals: SlotPath[];
  callbacks: SlotPath[];
}

/** Aborts one signal of a running call. */
export interface CancelMessage {
  rpc: 'cancel';
  id: number;
  signal: number;
  reason: EncodedError;
}

/** The served object called back; callbacks are one-way. */
export interface CallbackMessage {
  rpc: 'callback';
  id: number;
  callback: number;
  args: unknown[];
}

export interface ResultMessage {
  rpc: 'result';
  id: number;
  value: unknown;
}

export interface ErrorMessage {
  rpc: 'error';
  id: number;
  error: EncodedError;
}

export type ToServer = CallMessage | CancelMessage;
export type ToClient = CallbackMessage | ResultMessage | ErrorMessage;

function kindOf(data: unknown): unknown {
  return typeof data === 'object' && data !== null && 'rpc' in data ? data.rpc : undefined;
}

export function isToServer(data: unknown): data is ToServer {
  const kind = kindOf(data);
  return kind === 'call' || kind === 'cancel';
}

export function isToClient(data: unknown): data is ToClient {
  const kind = kindOf(data);
  return kind === 'callback' || kind === 'result' || kind === 'error';
}

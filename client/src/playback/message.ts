/** A message of a recording, whose arrays are ArrayValues. It is not changed once it is made. */
export interface Message {
  readonly type: string;
  readonly [key: string]: unknown;
}
